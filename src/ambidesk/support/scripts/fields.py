"""Answers of scripts as conditions over tickets ask of them: the latest one given to a question."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import (
    BooleanField,
    DateTimeField,
    DecimalField,
    F,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
)
from django.db.models import Field as Column
from django.db.models.expressions import Combinable
from django.utils.translation import get_language

from ambidesk.ground.conditions.fields import (
    Boolean,
    Choice,
    Derived,
    Field,
    Instant,
    Number,
    Option,
    Text,
)
from ambidesk.ground.reach.remembering import remembered
from ambidesk.support.scripts.models import Passage, Version
from ambidesk.support.scripts.rules.flow import AnswerKind, Step, StepKind
from ambidesk.support.scripts.rules.reading import read_flow

Read = Callable[[Any], object]
# What JSON keeps of an answer, as its column and as its value.
# An older version may have asked otherwise: a value counts only where it has the form of its kind.
LISTED = "CASE WHEN jsonb_typeof(%(expressions)s) = 'array' THEN"
KINDS: Mapping[AnswerKind, tuple[str, "Column[Any, Any]", Read]] = {
    AnswerKind.ONE: (
        (
            f"({LISTED} CASE WHEN jsonb_typeof(%(expressions)s -> 0) = 'number'"
            " THEN (%(expressions)s ->> 0)::int END END)"
        ),
        IntegerField(),
        lambda kept: kept[0],
    ),
    AnswerKind.NUMBER: (
        (
            r"(CASE WHEN (%(expressions)s #>> '{}') ~ '^-?\d{1,30}(\.\d{1,30})?(E[+-]?\d{1,2})?$'"
            " THEN (%(expressions)s #>> '{}')::numeric END)"
        ),
        DecimalField(max_digits=30, decimal_places=15),
        Decimal,
    ),
    AnswerKind.TEXT: ("(%(expressions)s #>> '{}')", TextField(), str),
    # A day is compared as the instant at which it begins in UTC.
    AnswerKind.DAY: (
        (
            r"(CASE WHEN (%(expressions)s #>> '{}') ~ '^[1-9]\d{3}-(0[1-9]|1[0-2])-[0-3]\d$'"
            " THEN ((left(%(expressions)s #>> '{}', 8) || '01')::timestamp"
            " + (right(%(expressions)s #>> '{}', 2)::int - 1) * interval '1 day')"
            " AT TIME ZONE 'UTC' END)"
        ),
        DateTimeField(),
        lambda kept: datetime.combine(date.fromisoformat(kept), time(), tzinfo=UTC),
    ),
}
CHOSEN = frozenset({AnswerKind.ONE, AnswerKind.SEVERAL})


def answered() -> tuple[Field, ...]:
    """Give the questions of scripts in use; read when they are asked, for they change."""
    language = (get_language() or "en")[:2]
    return remembered(("script answers", language), lambda: tuple(_fields(language)))


def _fields(language: str) -> Iterator[Field]:
    rows = Version.objects.filter(number=F("script__published"), script__archived_at=None)
    for row in rows.select_related("script").order_by("script__name"):
        for step in read_flow(row.flow).steps:
            if step.kind is StepKind.ASK:
                label = f"{row.script}: {step.text.said(language) or step.id}"
                yield from _of_step(row.script_id, step, label, language)


def _of_step(script: int, step: Step, label: str, language: str) -> Iterator[Field]:
    name = f"script_{script}_{step.id}"
    if step.answer is AnswerKind.SEVERAL:
        for each in step.options:
            template = f"({LISTED} %(expressions)s @> '[{int(each.id)}]'::jsonb END)"
            kept_as = (template, BooleanField(), _holds(each.id))
            derived = _derived(script, step, kept_as)
            said = f"{label}: {each.label.said(language) or each.id}"
            yield Boolean(name=f"{name}_{each.id}", label=said, derived=derived, nullable=True)
        return
    derived = _derived(script, step, KINDS[step.answer])
    if step.answer is AnswerKind.ONE:
        options = tuple(
            Option(value=each.id, label=each.label.said(language) or f"#{each.id}")
            for each in step.options
        )
        yield Choice(name=name, label=label, derived=derived, nullable=True, options=options)
        return
    if step.answer is AnswerKind.NUMBER:
        yield Number(name=name, label=label, derived=derived, nullable=True, whole=False)
        return
    plain = Instant if step.answer is AnswerKind.DAY else Text
    yield plain(name=name, label=label, derived=derived, nullable=True)


def _holds(option: int) -> Read:
    return lambda kept: option in kept


def _derived(script: int, step: Step, kept_as: tuple[str, "Column[Any, Any]", Read]) -> Derived:
    template, column, value = kept_as

    def sql(_at: datetime) -> Combinable:
        said = Func("answer", template=template, output_field=column)
        return Subquery(_passages(script, step).annotate(said=said).values("said")[:1])

    def read(row: Any, _at: datetime) -> object:
        # Where there is no ticket, as in the rehearsal of a script, nothing is known.
        if row.script_runs is None:
            return None
        runs = [each for each in row.script_runs.all() if each.version.script_id == script]
        for run in sorted(runs, key=lambda each: -each.pk):
            passed = [
                e for e in run.passages.all() if e.step == step.id and e.position < run.position
            ]
            if passed:
                kept = max(passed, key=lambda each: each.position).answer
                return _read(kept, step, value)
        return None

    return Derived(sql=sql, read=read)


def _read(kept: Any, step: Step, value: Read) -> object:
    """Read what is kept; what its question cannot mean now is no answer."""
    if kept is None or isinstance(kept, list) != (step.answer in CHOSEN):
        return None
    try:
        return value(kept)
    except (ArithmeticError, IndexError, TypeError, ValueError):
        return None


def _passages(script: int, step: Step) -> QuerySet[Passage]:
    rows = Passage.objects.filter(run__ticket=OuterRef("pk"), run__version__script=script)
    given = rows.filter(step=step.id, position__lt=F("run__position"))
    return given.order_by("-run", "-position")
