"""Follow-ups: asked for on a ticket, listed for their reader, called done."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.inbox.page import number_of
from ambidesk.edge.web.workspace.ticket.answer import changed, telling
from ambidesk.edge.web.workspace.ticket.closure import read_instant
from ambidesk.edge.web.workspace.ticket.moments import moments_after
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.reach.models import User
from ambidesk.support.desk.models import Reminder
from ambidesk.support.desk.reminding import FollowUp, complete, remind, reminders_of, take_up
from ambidesk.support.tickets.following import colleagues_for
from ambidesk.support.tickets.models import Ticket


def show(request: Request) -> HttpResponse:
    """List what the reader has to follow up."""
    page = {"reminders": reminders_of(request.actor), "at": request.at, "user": request.user.pk}
    part = "reminders/reminders.html#lines" if request.GET.get("part") else ""
    return render(request, part or "reminders/reminders.html", page)


def ask(request: Request, number: int) -> HttpResponse:
    """Ask when and whom."""
    ticket = visible_ticket(request.actor, number)
    page = {
        "ticket": ticket,
        "colleagues": colleagues_for(ticket, typed="").exclude(user=request.user),
        "moments": moments_after(request.at),
    }
    return render(request, "reminders/ask.html", page)


def create(request: Request, number: int) -> HttpResponse:
    """Have somebody reminded."""
    ticket = visible_ticket(request.actor, number)
    given = request.POST.get("moment") or request.POST.get("due_at", "")
    wanted = FollowUp(
        user=_user(request),
        due_at=read_instant(given, field="due_at"),
        words=request.POST.get("words", ""),
    )
    made = remind(ticket, wanted, by=request.actor, at=request.at)
    undo = reverse("reminder-completion", args=[made.pk])
    return changed(request, number, _("You will be reminded"), undo=undo)


def done(request: Request, reminder: int) -> HttpResponse:
    """Call a follow-up done."""
    row = complete(_visible(request, reminder), by=request.actor, at=request.at)
    if not request.headers.get("HX-Request"):
        messages.info(request, _("Done"))
        return redirect("reminders")
    undo = reverse("reminder-completion", args=[row.pk])
    facts = {"message": _("Done"), "kind": "done", "undo_url": undo, "undo_method": "DELETE"}
    return telling(HttpResponse(), {"toast": facts})


def undone(request: Request, reminder: int) -> HttpResponse:
    """Put a follow-up back on the list."""
    take_up(_visible(request, reminder), by=request.actor, at=request.at)
    return telling(HttpResponse(), {"toast": {"message": _("Undone"), "kind": "done"}})


def _visible(request: Request, key: int) -> Reminder:
    seen = Ticket.objects.visible_to(request.actor).values("pk")
    row = Reminder.objects.filter(pk=key, ticket__in=seen).select_related("ticket").first()
    if row is None or request.user.pk not in {row.user_id, row.given_by_id}:
        raise Http404
    return row


def _user(request: Request) -> User:
    given = request.POST.get("user", "")
    if not given:
        return request.user
    found = User.objects.active().filter(pk=number_of(given)).first()
    if found is None:
        raise Http404
    return found
