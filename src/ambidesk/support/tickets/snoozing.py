"""Snoozing: out of sight until an instant or the next word of the requester."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.support.tickets.events import TicketSnoozed
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.outcomes import Outcome
from ambidesk.support.tickets.recording import (
    lock,
    lock_many,
    lock_many_unclosed,
    record_each,
    write,
)


class InThePast(InvalidInput):
    """Nothing can be put off to yesterday."""

    sentence = _("Choose a time in the future.")


def snooze(ticket: Ticket, *, until: datetime, by: Actor, at: datetime) -> Ticket:
    """
    Let the ticket sleep until the instant.

    Raises:
        InThePast: the instant is over.
        AlreadyClosed, AlreadyMerged: the ticket is over.
    """
    return snooze_many([(ticket, until)], by=by, at=at).single()


@transaction.atomic
def snooze_many(pairs: Sequence[tuple[Ticket, datetime]], *, by: Actor, at: datetime) -> Outcome:
    """
    Let tickets sleep, each until its instant.

    Raises:
        InThePast: one instant is over.
    """
    wanted = {ticket.pk: until for ticket, until in pairs}
    if any(until <= at for until in wanted.values()):
        raise InThePast(field="until")
    rows, refused = lock_many_unclosed(ticket for ticket, _until in pairs)
    done = _set_each([(row, wanted[row.pk]) for row in rows], by=by, at=at)
    return Outcome(done=done, refused=refused)


@transaction.atomic
def wake(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """Bring the ticket back into sight; one that is awake stays as it is."""
    return wake_many([ticket], by=by, at=at).single()


@transaction.atomic
def wake_many(tickets: Sequence[Ticket], *, by: Actor, at: datetime) -> Outcome:
    """Bring tickets back into sight; those that are awake stay as they are."""
    rows = lock_many(tickets)
    _set_each([(row, None) for row in rows if row.snoozed_until], by=by, at=at)
    return Outcome(done=tuple(rows))


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
    row.unread = not row.is_ended
    row.last_at = max(row.last_at, at)
    row.save(update_fields=["unread", "last_at"])
    _set_each([(row, None)], by=SYSTEM, at=at)


def _set_each(
    pairs: Sequence[tuple[Ticket, datetime | None]], *, by: Actor, at: datetime
) -> tuple[Ticket, ...]:
    for ticket, until in pairs:
        ticket.snoozed_until = until
    rows = tuple(ticket for ticket, _until in pairs)
    write(rows, ["snoozed_until"])
    events = [TicketSnoozed(ticket_id=row.pk, until=row.snoozed_until) for row in rows]
    record_each(events, rows, by=by, at=at)
    return rows
