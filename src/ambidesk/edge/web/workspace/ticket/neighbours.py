"""Other tickets of the same brand, suggested by their number or words of their subject."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.support.tickets.models import Ticket

SUGGESTED = 8


def show(request: Request, number: int) -> HttpResponse:
    """Suggest tickets that this one could go together with."""
    ticket = visible_ticket(request.actor, number)
    typed = request.GET.get("q", "").strip()[:100]
    rows = Ticket.objects.visible_to(request.actor).filter(brand=ticket.brand_id, merged_into=None)
    rows = rows.exclude(pk=ticket.pk).select_related("requester").latest_first()
    found = rows.filter(_like(ticket, typed))[:SUGGESTED]
    return render(request, "ticket/neighbours.html", {"tickets": found})


def _like(ticket: Ticket, typed: str) -> Q:
    digits = typed.lstrip("#")
    if not digits:
        return Q(requester__whole=ticket.requester.whole)
    if digits.isdecimal() and len(digits) < 18:
        return Q(pk=int(digits))
    return Q(subject__icontains=typed) | Q(requester__name__icontains=typed)
