"""The clocks of a ticket: what is owed, until when, and why then."""

from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.support.promises.explaining import told_of


def show(request: Request, number: int) -> HttpResponse:
    """Show the clocks."""
    ticket = visible_ticket(request.actor, number)
    return render(request, "promises/clocks.html", {"clocks": told_of(ticket, at=request.at)})
