"""Solved, closed, open again, waiting, snoozed."""

from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import get_current_timezone, is_naive
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.answer import changed, ended
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.support.tickets import closing, snoozing
from ambidesk.support.tickets.rules.states import State


class NotAnInstant(InvalidInput):
    """The time cannot be read."""

    sentence = gettext_lazy("This is not a date and time.")


class NotAState(InvalidInput):
    """The state cannot be set by hand."""

    sentence = gettext_lazy("This state cannot be chosen.")


def close(request: Request, number: int) -> HttpResponse:
    """Close the ticket."""
    closing.close(visible_ticket(request.actor, number), by=request.actor, at=request.at)
    return ended(request, number, _("Closed"), undo=_undo(number))


def reopen(request: Request, number: int) -> HttpResponse:
    """Open the ticket again."""
    closing.reopen(visible_ticket(request.actor, number), by=request.actor, at=request.at)
    return changed(request, number, _("Open again"))


def solve(request: Request, number: int) -> HttpResponse:
    """Call the matter solved."""
    closing.solve(visible_ticket(request.actor, number), by=request.actor, at=request.at)
    return ended(request, number, _("Solved"), undo=_undo(number))


def wait(request: Request, number: int) -> HttpResponse:
    """Say whose turn it is."""
    ticket = visible_ticket(request.actor, number)
    try:
        state = State(request.POST.get("state", ""))
    except ValueError as unknown:
        raise NotAState(field="state") from unknown
    if state in {State.NEW, State.SOLVED, State.CLOSED}:
        raise NotAState(field="state")
    closing.wait(ticket, state, by=request.actor, at=request.at)
    return changed(request, number, str(state.label))


def snooze(request: Request, number: int) -> HttpResponse:
    """Put the ticket out of sight until an instant."""
    ticket = visible_ticket(request.actor, number)
    until = read_instant(request.POST.get("until", ""), field="until")
    snoozing.snooze(ticket, until=until, by=request.actor, at=request.at)
    undo = reverse("ticket-snooze", args=[number])
    return ended(request, number, pgettext("ticket", "Snoozed"), undo=undo)


def wake(request: Request, number: int) -> HttpResponse:
    """Bring the ticket back into sight."""
    snoozing.wake(visible_ticket(request.actor, number), by=request.actor, at=request.at)
    return changed(request, number, _("Awake again"))


def read_instant(given: str, *, field: str) -> datetime:
    """
    Read an instant of a form, local where it names no zone.

    Raises:
        NotAnInstant: it is none.
    """
    try:
        instant = parse_datetime(given)
    except ValueError as wrong:
        raise NotAnInstant(field=field) from wrong
    if instant is None:
        raise NotAnInstant(field=field)
    return instant.replace(tzinfo=get_current_timezone()) if is_naive(instant) else instant


def _undo(number: int) -> str:
    return reverse("ticket-closure", args=[number])
