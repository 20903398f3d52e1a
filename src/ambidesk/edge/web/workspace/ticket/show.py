"""Showing a ticket: the whole page, or the part that changed."""

from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.inbox.page import read_inbox
from ambidesk.edge.web.workspace.ticket.page import read_page, visible_ticket
from ambidesk.edge.web.workspace.ticket.thread import MOST, SHOWN
from ambidesk.support.tickets.describing import mark_read


def show(request: Request, number: int) -> HttpResponse:
    """Show the ticket beside its list; `?part=pane` asks for the ticket alone."""
    page = read_page(request.actor, number, at=request.at, shown=_shown(request))
    if request.GET.get("part") == "pane" or request.headers.get("HX-Target") == "thread-pane":
        return render(request, "ticket/ticket.html#pane", {"page": page})
    inbox = read_inbox(request.actor, request.GET, at=request.at, number=number)
    return render(request, "ticket/ticket.html", {"page": page, "inbox": inbox})


def read(request: Request, number: int) -> HttpResponse:
    """Remember that somebody looked."""
    return _marked(request, number, unread=False)


def unread(request: Request, number: int) -> HttpResponse:
    """Leave it for later as if nobody had looked."""
    return _marked(request, number, unread=True)


def _shown(request: Request) -> int:
    asked = request.GET.get("shown", "")
    return min(int(asked), MOST) if asked.isdecimal() and len(asked) < 6 else SHOWN


def _marked(request: Request, number: int, *, unread: bool) -> HttpResponse:
    mark_read(visible_ticket(request.actor, number), unread=unread)
    return HttpResponse(status=204)
