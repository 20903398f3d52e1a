"""One step, and steps read and written as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import actions
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled
from ambidesk.ground.reach.actor import Actor

MOST_STEPS = 20
# Done by other doors: what needs a certain other ticket or a certain day, or has a better form.
ELSEWHERE = frozenset(
    {
        "tickets.answer",
        "tickets.assign",
        "tickets.link",
        "tickets.merge",
        "tickets.rename",
        "tickets.snooze",
        "tickets.wake",
        # Marked as automatic, which a person never is.
        "automation.send_template",
    }
)


class NoSteps(InvalidInput):
    """There is nothing to do."""

    sentence = _("Add at least one step.")


class TooManySteps(InvalidInput):
    """Nobody understands so many."""

    sentence = _("A macro has at most %(most)s steps.")


class NotSteps(InvalidInput):
    """It is no list of steps."""

    sentence = _("The steps did not arrive whole.")


class MayNotStep(NotEntitled):
    """A step needs a right that the actor lacks."""

    sentence = _("You may not do this: %(label)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An action by its name, with parameters as JSON that were checked when it was written."""

    action: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def written(self) -> dict[str, Any]:
        """The form in which it is kept."""
        return {"action": self.action, "parameters": dict(self.parameters)}


def read_steps(given: object) -> tuple[Step, ...]:
    """
    Read steps that somebody put together.

    Raises:
        NoSteps, TooManySteps, NotSteps: they are none.
        UnknownAction, WrongParameters, the refusals of an action's check: a step makes no sense.
    """
    if not isinstance(given, list):
        raise NotSteps(field="steps")
    if not given:
        raise NoSteps(field="steps")
    if len(given) > MOST_STEPS:
        raise TooManySteps(field="steps", most=MOST_STEPS)
    return tuple(_read(each) for each in given)


def kept_steps(kept: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Give steps back that were checked when they were written."""
    return tuple(Step(action=each["action"], parameters=each["parameters"]) for each in kept)


def require_rights(steps: Sequence[Step], *, by: Actor) -> None:
    """
    Check that the actor may do each step.

    Raises:
        MayNotStep: they lack a right.
        UnknownAction: a step is no longer known.
    """
    for step in steps:
        action = actions.named(step.action)
        if not by.may(action.right):
            raise MayNotStep(label=action.label)


def offered() -> tuple[actions.Action, ...]:
    """The actions that steps are made of."""
    return tuple(each for each in actions.all_actions() if each.name not in ELSEWHERE)


def _read(given: object) -> Step:
    if not isinstance(given, dict) or set(given) - {"action", "parameters"}:
        raise NotSteps(field="steps")
    name, parameters = given.get("action"), given.get("parameters", {})
    if not isinstance(name, str) or not isinstance(parameters, dict):
        raise NotSteps(field="steps")
    action = actions.named(name)
    said = actions.read_parameters(action, parameters)
    if action.check:
        action.check(said)
    return Step(action=name, parameters=parameters)
