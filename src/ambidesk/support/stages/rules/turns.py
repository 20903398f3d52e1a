"""Turns: the state of a ticket whose process stands at several stages."""

from collections.abc import Iterable

from ambidesk.support.tickets.rules.states import ENDED, State

# Whose turn comes first where branches disagree: what we can do, before what others owe us.
ORDER = (
    State.OPEN,
    State.NEW,
    State.WAITING_OTHER,
    State.WAITING_REQUESTER,
    State.ON_HOLD,
    State.SOLVED,
    State.CLOSED,
)


def state_of(stages: Iterable[State], *, before: State) -> State | None:
    """Say the state that stages ask for; None where it stays. What was begun is not new again."""
    wanted = min(stages, key=ORDER.index, default=before)
    if wanted is State.NEW and before not in ENDED:
        return None
    return None if wanted is before else wanted
