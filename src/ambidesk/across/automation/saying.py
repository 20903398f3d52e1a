"""
What a rule says: when, if, then, read from JSON and written back.

{"when": {"events": ["opened"]}, "if": {...} or null, "then": [steps]}, or by time
{"when": {"state": "requester", "amount": 3, "unit": "days", "calendar": null}, ...}.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.triggers import trigger_named
from ambidesk.ground.conditions.operators import Unit
from ambidesk.ground.conditions.parsing import read, written
from ambidesk.ground.conditions.tree import Condition, Duration
from ambidesk.ground.conditions.values import LARGEST_ID
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.support.desk.steps.step import Step, kept_steps
from ambidesk.support.tickets.fields import TICKET_VOCABULARY
from ambidesk.support.tickets.rules.states import State

LONGEST = timedelta(days=366)
MOST_EVENTS = 20


class Turn(TextChoices):
    """Stretches of time that a rule can wait out."""

    US = "us", _("nobody has answered")
    REQUESTER = "requester", _("we wait for the requester")
    OTHER = "other", _("we wait for another party")
    HOLD = "hold", _("it is on hold")
    SOLVED = "solved", _("it has been solved")

    @property
    def states(self) -> frozenset[State]:
        """The states of such a stretch."""
        return STATES[self]


STATES: Mapping[str, frozenset[State]] = {
    Turn.US: frozenset({State.NEW, State.OPEN}),
    Turn.REQUESTER: frozenset({State.WAITING_REQUESTER}),
    Turn.OTHER: frozenset({State.WAITING_OTHER}),
    Turn.HOLD: frozenset({State.ON_HOLD}),
    Turn.SOLVED: frozenset({State.SOLVED}),
}


class NotARule(InvalidInput):
    """It is not built like one."""

    sentence = _("The rule did not arrive whole.")


class NothingToWaitFor(InvalidInput):
    """It would never run."""

    sentence = _("Say when the rule acts: choose at least one event, or a time.")


class NoLength(InvalidInput):
    """Nobody waits for no time, or for ever."""

    sentence = _("Say a time of at least one minute and at most a year.")


class DaysByCalendar(InvalidInput):
    """Nobody knows how many hours a day has."""

    sentence = _("By a calendar time is counted in hours or minutes.")


@dataclass(frozen=True, slots=True)
class On:
    """When one of these happens, by the names of triggers."""

    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """When a stretch has lasted so long, by the clock or by the hours of a calendar."""

    turn: Turn
    length: Duration
    calendar: int | None = None


When: TypeAlias = On | After


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a rule says; without a condition it is for every ticket."""

    when: When
    condition: Condition | None
    then: tuple[Step, ...]


def read_when(given: object) -> When:
    """
    Read when a rule acts.

    Raises:
        NotARule, NothingToWaitFor, NoLength, DaysByCalendar, UnknownTrigger: it makes no sense.
    """
    if not isinstance(given, Mapping):
        raise NotARule(field="said")
    if set(given) == {"events"}:
        return _on(given["events"])
    if set(given) == {"state", "amount", "unit", "calendar"}:
        return _after(given)
    raise NotARule(field="said")


def _on(names: object) -> On:
    if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
        raise NotARule(field="said")
    if not names or len(names) > MOST_EVENTS:
        raise NothingToWaitFor(field="said")
    return On(tuple(dict.fromkeys(trigger_named(each).name for each in names)))


def _after(given: Mapping[str, Any]) -> After:
    amount, calendar = given["amount"], given["calendar"]
    if type(amount) is not int or given["state"] not in Turn.values:
        raise NotARule(field="said")
    if calendar is not None and (type(calendar) is not int or not 0 < calendar <= LARGEST_ID):
        raise NotARule(field="said")
    if given["unit"] not in Unit.values or not 0 < amount <= LONGEST.days * 24 * 60:
        raise NoLength(field="said")
    length = Duration(amount, Unit(given["unit"]))
    if length.length > LONGEST:
        raise NoLength(field="said")
    if calendar and length.unit not in {Unit.HOURS, Unit.MINUTES}:
        raise DaysByCalendar(field="said")
    return After(turn=Turn(given["state"]), length=length, calendar=calendar)


def read_condition(given: object) -> Condition | None:
    """Read a condition on tickets; an empty one is none. Raises the refusals of conditions."""
    return read(given, TICKET_VOCABULARY) if given and given != {"all": []} else None


def written_when(when: When) -> dict[str, Any]:
    """Write when a rule acts as JSON."""
    match when:
        case On(events):
            return {"events": list(events)}
        case After(turn=turn, length=length, calendar=calendar):
            return {
                "state": turn.value,
                "amount": length.amount,
                "unit": length.unit.value,
                "calendar": calendar,
            }


def written_said(said: Said) -> dict[str, Any]:
    """Write what a rule says as JSON; reading it gives the same."""
    return {
        "when": written_when(said.when),
        "if": written(said.condition) if said.condition else None,
        "then": [step.written() for step in said.then],
    }


def kept_said(kept: Mapping[str, Any]) -> Said:
    """
    Give back what was checked when it was written.

    Raises:
        Refusal: a field or trigger that it names is gone since.
    """
    return Said(
        when=read_when(kept["when"]),
        condition=read_condition(kept["if"]),
        then=kept_steps(kept["then"]),
    )
