"""Showing a ticket: the whole page, or the part that changed."""

from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.inbox.page import read_inbox
from ambidesk.edge.web.workspace.ticket.page import read_page, visible_ticket
from ambidesk.support.tickets.describing import mark_read

PARTS = {"thread", "header", "card"}


def show(request: Request, number: int) -> HttpResponse:
    """Show the ticket beside its list; `?part=` asks for a part of it only."""
    whole = request.GET.get("whole") == "1"
    page = read_page(request.actor, number, at=request.at, whole=whole)
    part = request.GET.get("part", "")
    if part in PARTS:
        return render(request, f"ticket/ticket.html#{part}", {"page": page})
    if request.headers.get("HX-Target") == "thread-pane":
        return render(request, "ticket/ticket.html#pane", {"page": page})
    inbox = read_inbox(request.actor, request.GET, at=request.at, number=number)
    return render(request, "ticket/ticket.html", {"page": page, "inbox": inbox})


def read(request: Request, number: int) -> HttpResponse:
    """Remember that somebody looked."""
    return _marked(request, number, unread=False)


def unread(request: Request, number: int) -> HttpResponse:
    """Leave it for later as if nobody had looked."""
    return _marked(request, number, unread=True)


def _marked(request: Request, number: int, *, unread: bool) -> HttpResponse:
    mark_read(visible_ticket(request.actor, number), unread=unread)
    return HttpResponse(status=204)
