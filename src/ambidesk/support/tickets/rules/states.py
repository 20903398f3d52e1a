"""States of a ticket and what follows from them, pure."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """The states that every process maps to."""

    NEW = "new", _("New")
    OPEN = "open", _("Open")
    WAITING_REQUESTER = "waiting_requester", _("Waiting for the requester")
    WAITING_OTHER = "waiting_other", _("Waiting for another party")
    ON_HOLD = "on_hold", _("On hold")
    SOLVED = "solved", _("Solved")
    CLOSED = "closed", _("Closed")


class Priority(models.IntegerChoices):
    """How urgent a ticket is; a higher number comes first."""

    LOW = 1, _("Low")
    NORMAL = 2, _("Normal")
    HIGH = 3, _("High")
    URGENT = 4, _("Urgent")


class WaitingFor(models.TextChoices):
    """Whose turn it is."""

    US = "us", _("Us")
    REQUESTER = "requester", _("The requester")
    OTHER = "other", _("Another party")
    NOBODY = "nobody", _("Nobody")


# What an operator still has to do something about, now or later.
ACTIVE = (
    State.NEW,
    State.OPEN,
    State.WAITING_REQUESTER,
    State.WAITING_OTHER,
    State.ON_HOLD,
)
ENDED = (State.SOLVED, State.CLOSED)


def waiting_for(state: State) -> WaitingFor:
    """Say whose turn it is in a state."""
    match state:
        case State.NEW | State.OPEN:
            return WaitingFor.US
        case State.WAITING_REQUESTER:
            return WaitingFor.REQUESTER
        case State.WAITING_OTHER | State.ON_HOLD:
            return WaitingFor.OTHER
        case State.SOLVED | State.CLOSED:
            return WaitingFor.NOBODY


def after_inbound(state: State, *, automatic: bool) -> State:
    """
    Say the state after the requester spoke.

    Automatic mail never reopens and never moves anything.
    """
    if automatic or state is State.NEW:
        return state
    return State.OPEN


def after_answer(state: State) -> State:
    """Say the state after we answered: their turn, unless the matter is closed."""
    return state if state is State.CLOSED else State.WAITING_REQUESTER


def after_failure(state: State) -> State:
    """Say the state after an answer of ours did not arrive: our turn, unless somebody else's."""
    return State.OPEN if state in {State.WAITING_REQUESTER, State.SOLVED} else state
