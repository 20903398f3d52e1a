"""Standing: what a ticket is to a queue and to its operator, by its own facts, pure."""

from dataclasses import dataclass
from enum import Enum

from ambidesk.support.tickets.rules.states import ENDED, State, WaitingFor


class Standing(Enum):
    """Where a ticket stands."""

    WAITS = "waits"
    # Somebody holds it and it takes of their room.
    WEIGHS = "weighs"
    # Somebody holds it while it waits for somebody else.
    PARKED = "parked"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """
    What the ticket's own columns say.

    `keeps` says that its channel takes room also while the requester is silent.
    """

    state: State
    waiting_for: WaitingFor
    asleep: bool
    suspended: bool
    assigned: bool
    keeps: bool


def standing_of(facts: Facts) -> Standing:
    """Say where the ticket stands."""
    if facts.state in ENDED or facts.suspended:
        return Standing.ELSEWHERE
    ours = facts.waiting_for is WaitingFor.US and not facts.asleep
    if not facts.assigned:
        return Standing.WAITS if ours else Standing.ELSEWHERE
    theirs = facts.waiting_for is WaitingFor.REQUESTER and facts.keeps and not facts.asleep
    return Standing.WEIGHS if ours or theirs else Standing.PARKED
