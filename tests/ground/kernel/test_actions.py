"""Actions: one list, by name, with the same refusals for everybody who calls."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from ambidesk.ground.kernel import actions
from ambidesk.ground.kernel.actions import Action, UnknownAction, WrongParameters
from ambidesk.ground.kernel.refusal import Refusal
from tests.ground.kernel.happenings import AT, Somebody


@dataclass(frozen=True, slots=True, kw_only=True)
class Pausing:
    days: int
    quietly: bool = False


def pause(subject: object, given: Pausing, *, by: Somebody, at: datetime) -> tuple[object, ...]:
    return subject, given, by.kind, at


PAUSE = Action(
    name="tests.pause", label="Pause", parameters=Pausing, right="tests.pause", perform=pause
)


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    actions.register(PAUSE)
    yield
    actions._actions.pop(PAUSE.name)


def test_an_action_is_done_by_its_name() -> None:
    done = actions.perform("tests.pause", {"days": 3}, subject="it", by=Somebody(), at=AT)
    assert done == ("it", Pausing(days=3), "system", AT)


@pytest.mark.parametrize(
    "given", [{}, {"days": "3"}, {"days": True}, {"days": 3, "owner": 1}, {"days": None}]
)
def test_parameters_that_do_not_fit_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(WrongParameters, match=r"tests\.pause"):
        actions.perform("tests.pause", given, subject="it", by=Somebody(), at=AT)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(UnknownAction, match="do-magic"):
        actions.perform("do-magic", {}, subject="it", by=Somebody(), at=AT)


def test_a_name_belongs_to_one_action() -> None:
    actions.register(PAUSE)
    other = Action(name="tests.pause", label="Other", parameters=Pausing, right="x", perform=pause)
    with pytest.raises(TypeError, match=r"tests\.pause"):
        actions.register(other)


def test_a_set_form_serves_one_subject_too_and_raises_what_this_one_refuses() -> None:
    class Busy(Refusal):
        sentence = "Busy"

    def pause_many(
        subjects: list[str], _given: Pausing, *, by: Somebody, at: datetime
    ) -> dict[int, Refusal]:
        return {key: Busy() for key, each in enumerate(subjects) if each == "busy"}

    many = Action(
        name="tests.pause_many",
        label="Pause",
        parameters=Pausing,
        right="tests.pause",
        perform_many=pause_many,
    )
    actions.register(many)
    try:
        actions.perform(many.name, {"days": 1}, subject="it", by=Somebody(), at=AT)
        with pytest.raises(Busy):
            actions.perform(many.name, {"days": 1}, subject="busy", by=Somebody(), at=AT)
    finally:
        actions._actions.pop(many.name)


def test_an_action_has_one_form() -> None:
    with pytest.raises(TypeError, match="one form"):
        actions.register(replace(PAUSE, name="tests.none", perform=None))
