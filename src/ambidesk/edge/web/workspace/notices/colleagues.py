"""Colleagues who can be named in a note, and following."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.support.tickets import following

# The list is fetched once and narrowed while somebody types: all of a large team are in it.
SHOWN = 500


def suggest(request: Request, number: int) -> HttpResponse:
    """List those whose name fits what is typed behind an @."""
    ticket = visible_ticket(request.actor, number)
    typed = request.GET.get("q", "")[:60]
    rows = following.colleagues_for(ticket, typed=typed).exclude(user=request.user)
    teams = following.teams_for(ticket, typed=typed)
    found = {"colleagues": rows[:SHOWN], "teams": teams[:SHOWN]}
    return render(request, "notices/colleagues.html", found)


def follow(request: Request, number: int) -> HttpResponse:
    """Follow the ticket."""
    ticket = visible_ticket(request.actor, number)
    following.follow(ticket, by=request.actor, at=request.at)
    return changed(request, number, _("You follow this ticket"))


def unfollow(request: Request, number: int) -> HttpResponse:
    """Follow the ticket no more."""
    following.unfollow(visible_ticket(request.actor, number), by=request.actor)
    return changed(request, number, _("You follow it no more"))
