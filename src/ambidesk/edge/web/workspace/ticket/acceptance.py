"""Letting in what was held back: a ticket of an unverified sender, an address in copy."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.support.tickets import trusting
from ambidesk.support.tickets.parties import parties_of


def accept(request: Request, number: int) -> HttpResponse:
    """Let a suspended ticket in."""
    trusting.lift_suspension(visible_ticket(request.actor, number), by=request.actor, at=request.at)
    return changed(request, number, pgettext("ticket", "Let in"))


def accept_party(request: Request, number: int, identity: int) -> HttpResponse:
    """Let an address in copy take part."""
    ticket = visible_ticket(request.actor, number)
    found = next((p for p in parties_of(ticket) if p.identity.pk == identity), None)
    if found is None:
        raise Http404
    trusting.accept_party(ticket, found.identity, by=request.actor, at=request.at)
    return changed(request, number, _("%(name)s takes part now") % {"name": found.name})
