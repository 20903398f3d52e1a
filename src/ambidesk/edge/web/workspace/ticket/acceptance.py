"""Letting in what was held back: a ticket of an unverified sender, an address in copy."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.kernel.texts import one_line
from ambidesk.support.channels.portal.confirming import confirm_writer, refuse_writer
from ambidesk.support.tickets import trusting
from ambidesk.support.tickets.parties import parties_of
from ambidesk.support.tickets.rules.suspension import SuspendedFor


def accept(request: Request, number: int) -> HttpResponse:
    """Let a suspended ticket in; an unknown writer by the word of somebody of the company."""
    ticket = visible_ticket(request.actor, number)
    if ticket.suspended_for == SuspendedFor.UNKNOWN_WRITER:
        confirm_writer(ticket, source=_source(request), by=request.actor, at=request.at)
    else:
        trusting.lift_suspension(ticket, by=request.actor, at=request.at)
    return changed(request, number, pgettext("ticket", "Let in"))


def refuse(request: Request, number: int) -> HttpResponse:
    """Take a request off the company that says it is not from it."""
    ticket = visible_ticket(request.actor, number)
    refuse_writer(ticket, source=_source(request), by=request.actor, at=request.at)
    return changed(request, number, _("It stays held, and is no matter of the company"))


def _source(request: Request) -> str:
    return one_line(request.POST.get("source", ""), 200)


def accept_party(request: Request, number: int, identity: int) -> HttpResponse:
    """Let an address in copy take part."""
    ticket = visible_ticket(request.actor, number)
    found = next((p for p in parties_of(ticket) if p.identity.pk == identity), None)
    if found is None:
        raise Http404
    trusting.accept_party(ticket, found.identity, by=request.actor, at=request.at)
    return changed(request, number, _("%(name)s takes part now") % {"name": found.name})
