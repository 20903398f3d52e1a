"""A ticket goes to a further line with a reason and what was tried, and comes back."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.inbox.page import number_of
from ambidesk.edge.web.workspace.lines.picture import drawn
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.kernel import journal
from ambidesk.parties.staff.models import Team
from ambidesk.support.tickets import escalating
from ambidesk.support.tickets.escalating import NeverEscalated, Why
from ambidesk.support.tickets.lines import path_of
from ambidesk.support.tickets.models import Escalation


def ask(request: Request, number: int) -> HttpResponse:
    """Show the teams of further lines."""
    ticket = visible_ticket(request.actor, number)
    teams = Team.objects.filter(brands=ticket.brand_id, archived_at=None, line__gt=ticket.line)
    page = {"ticket": ticket, "teams": teams.order_by("line", "name")}
    return render(request, "lines/escalate.html", page)


def escalate(request: Request, number: int) -> HttpResponse:
    """Give the ticket to a team of a further line."""
    ticket = visible_ticket(request.actor, number)
    team = Team.objects.filter(pk=number_of(request.POST.get("team", "")), archived_at=None).first()
    if team is None:
        raise Http404
    why = Why(reason=request.POST.get("reason", ""), tried=request.POST.get("tried", ""))
    escalating.escalate(ticket, team, why=why, by=request.actor, at=request.at)
    return changed(request, number, _("Escalated to %(name)s") % {"name": team.name})


def ask_back(request: Request, number: int) -> HttpResponse:
    """Ask why it is given back, where it can be."""
    ticket = visible_ticket(request.actor, number)
    if not escalating.can_hand_back(ticket):
        raise NeverEscalated(number=ticket.number)
    return render(request, "lines/back.html", {"ticket": ticket})


def hand_back(request: Request, number: int) -> HttpResponse:
    """Give the ticket back to the line from which it came."""
    ticket = visible_ticket(request.actor, number)
    reason = request.POST.get("reason", "")
    escalating.hand_back(ticket, reason=reason, by=request.actor, at=request.at)
    return changed(request, number, _("Given back"))


def show(request: Request, number: int) -> HttpResponse:
    """Show the path over the lines."""
    ticket = visible_ticket(request.actor, number)
    path = path_of(ticket, journal.entries_of("ticket", ticket.pk), at=request.at)
    steps = Escalation.objects.filter(ticket=ticket).select_related("user", "to_team")
    page = {"picture": drawn(path), "steps": steps.order_by("pk")}
    return render(request, "lines/path.html", page)
