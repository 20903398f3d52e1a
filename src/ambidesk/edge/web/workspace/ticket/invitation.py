"""Inviting: the requester is sent a link by which they go on in another channel."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.support.channels.linking import joining
from ambidesk.support.channels.linking.offering import offer
from ambidesk.support.conversations.models import Channel
from ambidesk.support.tickets.models import Ticket


def invite(request: Request, number: int) -> HttpResponse:
    """Send the link to where the requester spoke last."""
    ticket = visible_ticket(request.actor, number)
    given = request.POST.get("channel", "")
    rows = Channel.objects.filter(brand=ticket.brand_id, enabled=True)
    channel = rows.filter(pk=int(given)).first() if given.isdecimal() and len(given) < 18 else None
    if channel is None:
        raise Http404
    offer(ticket, channel, by=request.actor, at=request.at)
    return changed(request, number, _("The link is on its way."))


def part(request: Request, number: int, joined: int) -> HttpResponse:
    """Take an account off the person it joined by a link."""
    ticket = visible_ticket(request.actor, number)
    found = next((each for each in joining.joined_to(ticket) if each.pk == joined), None)
    if found is None or not Ticket.objects.visible_to(request.actor).filter(pk=found.ticket_id):
        raise Http404
    joining.part(found, by=request.actor, at=request.at)
    return changed(request, number, _("The account is its own again."))
