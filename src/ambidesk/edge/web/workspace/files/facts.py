"""The menu of a message: from whom to whom it went and when, fetched when somebody opens it."""

from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.files.frame import visible
from ambidesk.support.conversations.envelope import Envelope
from ambidesk.support.conversations.models import Direction
from ambidesk.support.tickets.models import State
from ambidesk.support.tickets.rights import TicketRight


def show(request: Request, message: int) -> HttpResponse:
    """Show who stands on a message, and what can be done with it."""
    found = visible(request, message)
    going = found.filings.filter(withdrawn_at=None, ticket__merged_into=None)
    is_open = going.exclude(ticket__state=State.CLOSED).exists()
    page = {
        "message": found,
        "envelope": Envelope.read(found.envelope),
        "is_inbound": found.direction == Direction.INBOUND,
        "can_forward": is_open and request.actor.may(TicketRight.ANSWER),
    }
    return render(request, "files/facts.html", page)
