"""Snoozing: out of sight until an instant or the next word of the requester."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.support.tickets.events import TicketSnoozed
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import lock, lock_unclosed, record


class InThePast(InvalidInput):
    """Nothing can be put off to yesterday."""

    sentence = _("Choose a time in the future.")


@transaction.atomic
def snooze(ticket: Ticket, *, until: datetime, by: Actor, at: datetime) -> Ticket:
    """
    Let the ticket sleep until the instant.

    Raises:
        InThePast: the instant is over.
        AlreadyClosed, AlreadyMerged: the ticket is over.
    """
    if until <= at:
        raise InThePast(field="until")
    return _set(lock_unclosed(ticket), until, by=by, at=at)


@transaction.atomic
def wake(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """Bring the ticket back into sight; one that is awake stays as it is."""
    ticket = lock(ticket)
    return _set(ticket, None, by=by, at=at) if ticket.snoozed_until else ticket


def wake_due(*, at: datetime, limit: int = 100) -> int:
    """Wake those whose time has come, unread again; say how many."""
    due = Ticket.objects.filter(snoozed_until__lte=at).order_by("snoozed_until")[:limit]
    for ticket in due:
        _wake_unread(ticket, at)
    return len(due)


@transaction.atomic
def _wake_unread(ticket: Ticket, at: datetime) -> None:
    row = lock(ticket)
    if row.snoozed_until is None or row.snoozed_until > at:
        return
    row.unread = True
    row.last_at = at
    row.save(update_fields=["unread", "last_at"])
    _set(row, None, by=SYSTEM, at=at)


def _set(ticket: Ticket, until: datetime | None, *, by: Actor, at: datetime) -> Ticket:
    ticket.snoozed_until = until
    ticket.save(update_fields=["snoozed_until"])
    record(TicketSnoozed(ticket_id=ticket.pk, until=until), ticket, by=by, at=at)
    return ticket
