"""The composer: an answer leaves after the time to take it back; templates fill it."""

from datetime import datetime, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.closure import read_instant
from ambidesk.edge.web.workspace.ticket.markup import simple
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.support.conversations.models import Message
from ambidesk.support.desk.drafting import drop_draft, files_of
from ambidesk.support.desk.locking import require_seen
from ambidesk.support.desk.phrasing import templates_for
from ambidesk.support.tickets.answering import Answer, withdraw_answer
from ambidesk.support.tickets.answering import answer as say
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.parties import parties_of
from ambidesk.support.tickets.rules.states import State

# The time in which an answer can be taken back before it leaves.
GRACE = timedelta(seconds=10)


def answer(request: Request, number: int) -> HttpResponse:
    """Send an answer, now or later, and perhaps solve the ticket with it."""
    ticket = visible_ticket(request.actor, number)
    if request.POST.get("anyway") != "1":
        require_seen(ticket, request.POST.get("seen", ""), by=request.actor)
    message = say(ticket, _said(request, ticket), by=request.actor, at=request.at)
    drop_draft(ticket, by=request.actor)
    undo = reverse("ticket-answer", args=[number, message.pk])
    return changed(request, number, _("Sent"), undo=undo, undo_method="DELETE")


def withdraw(request: Request, number: int, message: int) -> HttpResponse:
    """Take an answer back before it leaves."""
    ticket = visible_ticket(request.actor, number)
    found = Message.objects.visible_to(request.actor).filter(pk=message).first()
    if found is None:
        raise Http404
    withdraw_answer(ticket, found, by=request.actor, at=request.at)
    return changed(request, number, _("Taken back"))


def templates(request: Request, number: int) -> HttpResponse:
    """List the templates for this ticket, filled in."""
    ticket = visible_ticket(request.actor, number)
    filled = templates_for(ticket, by=request.actor)
    return render(request, "answering/templates.html", {"templates": filled})


def _said(request: Request, ticket: Ticket) -> Answer:
    chosen = set(request.POST.getlist("to")[:50])
    to = tuple(p.identity for p in parties_of(ticket) if str(p.identity.pk) in chosen)
    html = request.POST.get("html", "")[:200_000]
    return Answer(
        text=request.POST.get("text", "")[:100_000],
        html=simple(html) if html else "",
        to=to,
        files=files_of(ticket, request.POST.getlist("file")[:30], by=request.actor),
        due_at=_due(request),
        state=State.SOLVED if request.POST.get("state") == "solved" else None,
    )


def _due(request: Request) -> datetime:
    given = request.POST.get("send_at", "")
    later = read_instant(given, field="send_at") if given else request.at
    return max(later, request.at + GRACE)
