"""Reading: plans from JSON, strict in shape; whether they make sense is checked apart."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.calendars.durations import read_duration
from ambidesk.ground.calendars.refusals import NoDuration, NoFixedLength, TooFar
from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.ground.kernel.refusal import AboveLimit, InvalidInput
from ambidesk.service.workflow.rules.plan import (
    Deadline,
    Doing,
    Item,
    Plan,
    Stage,
    StageKind,
    Transition,
)

Read = TypeVar("Read")
MOST_STAGES = 60
MOST_WAYS = 200
MOST = 20
LONGEST = 400
LARGEST_ID = 10_000
# A row of the database.
LARGEST_KEY = 2**63
FARTHEST = 20_000


class NotAPlan(InvalidInput):
    """It is not built like one."""

    sentence = _("The process did not arrive whole.")


class TooManyStages(AboveLimit):
    """Nobody finds their way through so many."""

    sentence = _("A process has at most %(most)s stages.")


def read_plan(given: object) -> Plan:
    """
    Read a plan that somebody put together.

    Raises:
        NotAPlan, TooManyStages: it is none.
    """
    row = _fields(given, {"stages", "transitions"})
    rows = row.get("stages")
    if isinstance(rows, list) and len(rows) > MOST_STAGES:
        raise TooManyStages(field="plan", most=MOST_STAGES)
    plan = Plan(
        stages=_many(rows, _stage, most=MOST_STAGES),
        transitions=_many(row.get("transitions", []), _transition, most=MOST_WAYS),
    )
    for keys in ([each.id for each in plan.stages], [each.id for each in plan.transitions]):
        if len(keys) != len(set(keys)):
            raise NotAPlan(field="plan")
    return plan


def _stage(given: object) -> Stage:
    row = _fields(given, STAGE)
    deadline = row.get("deadline")
    try:
        kind = StageKind(str(row.get("kind", StageKind.WORK)))
    except ValueError as unknown:
        raise NotAPlan(field="plan") from unknown
    return Stage(
        id=_key(row.get("id")),
        name=_texts(row.get("name", {})),
        state=_word(row.get("state")),
        kind=kind,
        team=_row(row.get("team")),
        contractor=_row(row.get("contractor")),
        deadline=None if deadline is None else _deadline(deadline),
        checklist=_many(row.get("checklist", []), _item, most=MOST),
        fields=_many(row.get("fields", []), _word, most=MOST),
        on_entry=_many(row.get("on_entry", []), _doing, most=MOST),
        on_exit=_many(row.get("on_exit", []), _doing, most=MOST),
        x=_place(row.get("x", 0)),
        y=_place(row.get("y", 0)),
    )


STAGE = {
    "id",
    "name",
    "state",
    "kind",
    "team",
    "contractor",
    "deadline",
    "checklist",
    "fields",
    "on_entry",
    "on_exit",
    "x",
    "y",
}
WAY = {"id", "source", "to", "label", "join", "guard", "approval", "early", "reasoned", "rework"}


def _transition(given: object) -> Transition:
    row = _fields(given, WAY)
    join, guard, approval = row.get("join"), row.get("guard"), row.get("approval")
    if guard is not None and not isinstance(guard, Mapping):
        raise NotAPlan(field="plan")
    return Transition(
        id=_key(row.get("id")),
        source=_key(row.get("source")),
        to=_many(row.get("to", []), _key, most=MOST),
        label=_texts(row.get("label", {})),
        join=None if join is None else _key(join),
        guard=guard or None,
        approval=_word(approval) if approval else "",
        early=_flag(row.get("early", False)),
        reasoned=_flag(row.get("reasoned", False)),
        rework=_flag(row.get("rework", False)),
    )


def _item(given: object) -> Item:
    row = _fields(given, {"id", "text", "required"})
    return Item(
        id=_key(row.get("id")),
        text=_texts(row.get("text", {})),
        required=_flag(row.get("required", True)),
    )


def _deadline(given: object) -> Deadline:
    row = _fields(given, {"work", "calendar", "warnings", "waits"})
    try:
        work = read_duration(_word(row.get("work")))
        warnings = [read_duration(each) for each in _many(row.get("warnings", []), _word, most=5)]
    except (NoDuration, NoFixedLength, TooFar) as none:
        raise NotAPlan(field="plan") from none
    return Deadline(
        work=work,
        calendar=_row(row.get("calendar")),
        warnings=tuple(sorted(warnings, reverse=True)),
        waits=_flag(row.get("waits", False)),
    )


def _doing(given: object) -> Doing:
    row = _fields(given, {"action", "parameters"})
    parameters = row.get("parameters", {})
    if not isinstance(parameters, Mapping):
        raise NotAPlan(field="plan")
    return {"action": _word(row.get("action")), "parameters": parameters}


def _texts(given: object) -> Texts:
    row = _fields(given, {"ru", "en"})
    if not all(isinstance(each, str) and len(each) <= LONGEST for each in row.values()):
        raise NotAPlan(field="plan")
    return Texts(**row)


def _fields(given: object, known: set[str]) -> Mapping[str, Any]:
    if not isinstance(given, Mapping) or set(given) - known:
        raise NotAPlan(field="plan")
    return given


def _many(given: object, read: Callable[[object], Read], *, most: int) -> tuple[Read, ...]:
    if not isinstance(given, list) or len(given) > most:
        raise NotAPlan(field="plan")
    return tuple(read(each) for each in given)


def _word(given: object) -> str:
    if not isinstance(given, str) or not 0 < len(given) <= 80:
        raise NotAPlan(field="plan")
    return given


def _number(given: object, *, least: int, most: int) -> int:
    if type(given) is not int or not least <= given <= most:
        raise NotAPlan(field="plan")
    return given


def _key(given: object) -> int:
    return _number(given, least=1, most=LARGEST_ID)


def _row(given: object) -> int | None:
    return None if given is None else _number(given, least=1, most=LARGEST_KEY - 1)


def _place(given: object) -> int:
    return _number(given, least=0, most=FARTHEST)


def _flag(given: object) -> bool:
    if type(given) is not bool:
        raise NotAPlan(field="plan")
    return given
