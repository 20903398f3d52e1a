"""Words in which a client reads of the state of a request."""

from django.utils.translation import gettext_lazy as _

from ambidesk.support.tickets.models import State

STATES = {
    State.NEW: _("Registered"),
    State.OPEN: _("In work"),
    State.WAITING_REQUESTER: _("Waits for you"),
    State.WAITING_OTHER: _("Waits for a third party"),
    State.ON_HOLD: _("Postponed"),
    State.SOLVED: _("Done"),
    State.CLOSED: _("Closed"),
}


def state_of(value: str) -> str:
    """Say how it stands with a request."""
    return str(STATES[State(value)])
