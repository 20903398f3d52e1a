"""The card beside a ticket: what the desk knows of its requester, company, site and equipment."""

from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.across.context.reading import about_ticket, read_card
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.page import visible_ticket


def show(request: Request, number: int) -> HttpResponse:
    """Show it, folded but for what matters before a word is said."""
    about = about_ticket(visible_ticket(request.actor, number))
    card = read_card(about, by=request.actor, at=request.at)
    return render(request, "context/beside.html", {"card": card})
