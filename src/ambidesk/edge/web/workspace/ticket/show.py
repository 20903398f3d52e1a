"""Showing a ticket: the whole page, or the part that changed."""

from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.inbox.page import number_of, read_inbox
from ambidesk.edge.web.workspace.ticket.page import read_page, visible_ticket
from ambidesk.edge.web.workspace.ticket.thread import MOST, SHOWN, count_since
from ambidesk.support.notifications.reading import read_about
from ambidesk.support.tickets.describing import mark_read


def show(request: Request, number: int) -> HttpResponse:
    """Show the ticket beside its list; `?part=pane` asks for the ticket alone."""
    shown = _shown(request, number)
    page = read_page(request.actor, number, at=request.at, shown=shown)
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


def _shown(request: Request, number: int) -> int:
    """Count the messages to show: as many as asked for, or as reach back to a certain one."""
    asked = number_of(request.GET.get("shown", "")) or SHOWN
    message = number_of(request.GET.get("message", ""))
    if message:
        asked = max(asked, count_since(visible_ticket(request.actor, number), message))
    return min(asked, MOST)


def _marked(request: Request, number: int, *, unread: bool) -> HttpResponse:
    mark_read(visible_ticket(request.actor, number), unread=unread)
    if not unread:
        read_about("ticket", number, by=request.actor, at=request.at)
    return HttpResponse(status=204)
