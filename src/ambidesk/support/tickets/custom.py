"""Custom fields of tickets as conditions ask of them; read when they are asked, for they change."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import DateTimeField, Exists, F, Func, OuterRef, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.db.models.lookups import In
from django.utils.translation import get_language

from ambidesk.ground.conditions.fields import Derived, Field, References
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.spec import CHOSEN, NUMBERS, Kind, Spec
from ambidesk.ground.fields.rules.vocabulary import asked_as, offered
from ambidesk.ground.reach.remembering import remembered
from ambidesk.support.tickets.models import FieldValue

COLUMNS = {Kind.YES: "is_yes", Kind.DAY: "day", Kind.INSTANT: "instant"}


def custom_fields() -> tuple[Field, ...]:
    """Give the custom fields in use."""
    language = get_language() or "en"
    return remembered(("custom fields", language), lambda: _fields(language))


def _fields(language: str) -> tuple[Field, ...]:
    rows = Definition.objects.filter(archived_at=None).prefetch_related("options")
    return tuple(_field(row.spec, language) for row in rows)


def _field(spec: Spec, language: str) -> Field:
    label = spec.label.said(language)
    if spec.kind is Kind.SEVERAL:
        return References(
            name=spec.name,
            label=label,
            options=offered(spec, language),
            links=FieldValue,
            row="ticket",
            member="option_id",
            accessor="field_values",
            only={"definition_id": spec.id},
        )
    derived = Derived(sql=_sql(spec), read=_reader(spec), among=_among(spec))
    return asked_as(spec, label=label, derived=derived, language=language)


def _column(kind: Kind) -> str:
    if kind in CHOSEN:
        return "option_id"
    return "number" if kind in NUMBERS else COLUMNS.get(kind, "words")


def _sql(spec: Spec) -> Callable[[datetime], Combinable]:
    def value(_at: datetime) -> Combinable:
        theirs = FieldValue.objects.filter(ticket=OuterRef("pk"), definition=spec.id)
        if spec.kind is Kind.PERSON:
            # As they are called: by the first of all who were joined, where that one has a name.
            called = Coalesce(NullIf("person__head__name", Value("")), "person__name")
            return Subquery(theirs.annotate(called=called).values("called")[:1])
        if spec.kind is not Kind.DAY:
            return Subquery(theirs.values(_column(spec.kind))[:1])
        # A day is compared as the instant at which it begins in UTC.
        begins = Func(
            "day",
            template="(%(expressions)s::timestamp AT TIME ZONE 'UTC')",
            output_field=DateTimeField(),
        )
        return Subquery(theirs.annotate(begins=begins).values("begins")[:1])

    return value


def _among(spec: Spec) -> Callable[[Sequence[Any]], Combinable] | None:
    """Rows by the index of the values: a value that few have is found without looking at all."""
    if spec.kind not in {*CHOSEN, *NUMBERS, Kind.YES}:
        return None
    column = _column(spec.kind)

    def rows(values: Sequence[Any]) -> Combinable:
        theirs = FieldValue.objects.filter(ticket=OuterRef("pk"), definition=spec.id)
        return Exists(theirs.filter(In(F(column), list(values))))

    return rows


def _reader(spec: Spec) -> Callable[[Any, datetime], object]:
    column = _column(spec.kind)

    def read(row: Any, _at: datetime) -> object:
        links = row.field_values
        # Where there is no ticket, as in the rehearsal of a script, nothing is known.
        rows = () if links is None else links.all()
        found = next((each for each in rows if each.definition_id == spec.id), None)
        if spec.kind is Kind.PERSON:
            return found.person.called if found is not None and found.person else None
        value = None if found is None else getattr(found, column)
        if isinstance(value, date) and not isinstance(value, datetime):
            return datetime.combine(value, time(), tzinfo=UTC)
        return value

    return read
