"""Reading: flows from JSON, strict in shape, and back; whether they make sense is checked apart."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import AboveLimit, InvalidInput
from ambidesk.support.scripts.rules.flow import (
    LANGUAGES,
    AnswerKind,
    Flow,
    Option,
    Step,
    StepKind,
    Texts,
    Way,
)

Read = TypeVar("Read")
MOST_STEPS = 60
MOST_OPTIONS = 20
MOST_WAYS = 20
MOST_ACTIONS = 20
LONGEST = 4_000
LARGEST_ID = 10_000


class NotAFlow(InvalidInput):
    """It is not built like one."""

    sentence = _("The script did not arrive whole.")


class TooManySteps(AboveLimit):
    """Nobody finds their way through so many."""

    sentence = _("A script has at most %(most)s steps.")


def read_flow(given: object) -> Flow:
    """
    Read a flow that somebody put together.

    Raises:
        NotAFlow, TooManySteps: it is none.
    """
    rows = _fields(given, {"steps"}).get("steps")
    if isinstance(rows, list) and len(rows) > MOST_STEPS:
        raise TooManySteps(field="flow", most=MOST_STEPS)
    steps = _many(rows, _step, most=MOST_STEPS)
    keys = [step.id for step in steps]
    if len(keys) != len(set(keys)):
        raise NotAFlow(field="flow")
    return Flow(steps=steps)


def written(flow: Flow) -> dict[str, Any]:
    """Write a flow as JSON; reading it gives the same flow."""
    return {"steps": [_written(step) for step in flow.steps]}


def _written(step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "kind": step.kind.value,
        "text": _texts_written(step.text),
        "answer": step.answer.value,
        "required": step.required,
        "options": [{"id": each.id, "label": _texts_written(each.label)} for each in step.options],
        "actions": [dict(each) for each in step.actions],
        "ways": [{"when": dict(way.when), "to": way.to} for way in step.ways],
        "then": step.then,
        "solved": step.solved,
    }


def _texts_written(texts: Texts) -> dict[str, str]:
    return {"ru": texts.ru, "en": texts.en}


STEP = {
    "id",
    "kind",
    "text",
    "answer",
    "required",
    "options",
    "actions",
    "ways",
    "then",
    "solved",
}


def _step(given: object) -> Step:
    row = _fields(given, STEP)
    then = row.get("then")
    try:
        return Step(
            id=_key(row.get("id")),
            kind=StepKind(str(row.get("kind"))),
            text=_texts(row.get("text", {})),
            answer=AnswerKind(row.get("answer", AnswerKind.ONE)),
            required=_flag(row.get("required", True)),
            options=_many(row.get("options", []), _option, most=MOST_OPTIONS),
            actions=_many(row.get("actions", []), _action, most=MOST_ACTIONS),
            ways=_many(row.get("ways", []), _way, most=MOST_WAYS),
            then=None if then is None else _key(then),
            solved=_flag(row.get("solved", True)),
        )
    except ValueError as unknown:
        raise NotAFlow(field="flow") from unknown


def _option(given: object) -> Option:
    row = _fields(given, {"id", "label"})
    return Option(id=_key(row.get("id")), label=_texts(row.get("label", {})))


def _way(given: object) -> Way:
    row = _fields(given, {"when", "to"})
    when = row.get("when")
    if not isinstance(when, Mapping):
        raise NotAFlow(field="flow")
    return Way(when=when, to=_key(row.get("to")))


def _action(given: object) -> Mapping[str, Any]:
    row = _fields(given, {"action", "parameters"})
    return {"action": row.get("action"), "parameters": row.get("parameters", {})}


def _texts(given: object) -> Texts:
    row = _fields(given, set(LANGUAGES))
    if not all(isinstance(each, str) and len(each) <= LONGEST for each in row.values()):
        raise NotAFlow(field="flow")
    return Texts(**row)


def _fields(given: object, known: set[str]) -> Mapping[str, Any]:
    if not isinstance(given, Mapping) or set(given) - known:
        raise NotAFlow(field="flow")
    return given


def _many(given: object, read: Callable[[object], Read], *, most: int) -> tuple[Read, ...]:
    if not isinstance(given, list) or len(given) > most:
        raise NotAFlow(field="flow")
    return tuple(read(each) for each in given)


def _key(given: object) -> int:
    if type(given) is not int or not 0 < given <= LARGEST_ID:
        raise NotAFlow(field="flow")
    return given


def _flag(given: object) -> bool:
    if type(given) is not bool:
        raise NotAFlow(field="flow")
    return given
