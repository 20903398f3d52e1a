"""Reminding: follow-ups on tickets, for oneself or a colleague, told when they are due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled, Refusal
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.ground.reach.models import User
from ambidesk.support.desk.events import ReminderDone, ReminderDue, ReminderSet
from ambidesk.support.desk.models import Reminder
from ambidesk.support.notifications.models import NoticeKind
from ambidesk.support.notifications.notifying import News, notify_many
from ambidesk.support.tickets.following import seen_by
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import tell
from ambidesk.support.tickets.snoozing import InThePast

AT_ONCE = 100


class WouldNotSeeIt(InvalidInput):
    """The colleague does not see the ticket."""

    sentence = _("%(name)s could not see this ticket.")


class AlreadyDone(Refusal):
    """It was done before."""

    sentence = _("This is done already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Who is reminded when of what."""

    user: User
    due_at: datetime
    words: str = ""


@transaction.atomic
def remind(ticket: Ticket, wanted: FollowUp, *, by: Actor, at: datetime) -> Reminder:
    """
    Have somebody reminded of the ticket.

    Raises:
        InThePast: the instant is over.
        WouldNotSeeIt: the colleague does not see the ticket.
    """
    if wanted.due_at <= at:
        raise InThePast(field="due_at")
    if ticket.pk not in seen_by([wanted.user.pk], [ticket.pk])[wanted.user.pk]:
        raise WouldNotSeeIt(field="user", name=wanted.user.name or wanted.user.email)
    made = Reminder.objects.create(
        ticket=ticket,
        user=wanted.user,
        given_by_id=by.user_id,
        words=" ".join(wanted.words.split())[:300],
        due_at=wanted.due_at,
        made_at=at,
    )
    journal.record(_set(made), by=by, at=at)
    _tell(made)
    return made


@transaction.atomic
def complete(reminder: Reminder, *, by: Actor, at: datetime) -> Reminder:
    """
    Call a follow-up done; whoever it is for and whoever gave it may.

    Raises:
        NotEntitled: it is somebody else's.
        AlreadyDone: it was done before.
    """
    row = _own(reminder, by)
    if row.done_at:
        raise AlreadyDone
    row.done_at = at
    row.save(update_fields=["done_at"])
    journal.record(_done(row, undone=False), by=by, at=at)
    _tell(row)
    return row


@transaction.atomic
def take_up(reminder: Reminder, *, by: Actor, at: datetime) -> Reminder:
    """
    Put a follow-up that was done back on the list.

    Raises:
        NotEntitled: it is somebody else's.
    """
    row = _own(reminder, by)
    row.done_at = None
    row.save(update_fields=["done_at"])
    journal.record(_done(row, undone=True), by=by, at=at)
    _tell(row)
    return row


@transaction.atomic
def remind_due(*, at: datetime) -> int:
    """Tell those whose follow-ups are due, once each; say how many."""
    due = Reminder.objects.filter(due_at__lte=at, told_at=None, done_at=None)
    rows = list(
        due.select_for_update(skip_locked=True, of=("self",))
        .select_related("ticket")
        .order_by("due_at", "pk")[:AT_ONCE]
    )
    seen = seen_by({row.user_id for row in rows}, {row.ticket_id for row in rows})
    for row in rows:
        row.told_at = at
    Reminder.objects.bulk_update(rows, ["told_at"])
    told = [row for row in rows if row.ticket_id in seen[row.user_id]]
    _record_due(told, by=SYSTEM, at=at)
    notify_many([_news(row, at) for row in told], at=at)
    for row in rows:
        _tell(row)
    return len(rows)


def reminders_of(actor: Actor) -> QuerySet[Reminder]:
    """What the actor still has to follow up on tickets that they see, the earliest first."""
    seen = Ticket.objects.visible_to(actor).values("pk")
    rows = Reminder.objects.filter(user=actor.user_id or 0, done_at=None, ticket__in=seen)
    return rows.select_related("ticket__requester", "given_by").order_by("due_at", "pk")


def _own(reminder: Reminder, by: Actor) -> Reminder:
    rows = Reminder.objects.select_for_update(of=("self",)).select_related("ticket")
    row = rows.get(pk=reminder.pk)
    if by.user_id is not None and by.user_id not in {row.user_id, row.given_by_id}:
        raise NotEntitled
    return row


def _record_due(rows: Sequence[Reminder], *, by: Actor, at: datetime) -> None:
    events = [ReminderDue(ticket_id=row.ticket_id, reminder_id=row.pk) for row in rows]
    journal.record_many(events, by=by, at=at)


def _set(row: Reminder) -> ReminderSet:
    return ReminderSet(
        ticket_id=row.ticket_id, reminder_id=row.pk, user_id=row.user_id, due_at=row.due_at
    )


def _done(row: Reminder, *, undone: bool) -> ReminderDone:
    return ReminderDone(ticket_id=row.ticket_id, reminder_id=row.pk, undone=undone)


def _news(row: Reminder, at: datetime) -> News:
    return News(
        user_id=row.user_id,
        kind=NoticeKind.REMINDER,
        subject_kind="ticket",
        subject_id=row.ticket_id,
        actor_id=row.given_by_id,
        sequence=row.pk,
        at=at,
    )


def _tell(row: Reminder) -> None:
    signal(f"user:{row.user_id}")
    tell([row.ticket])
