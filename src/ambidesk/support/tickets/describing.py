"""Describing: subject, category, priority, tags, type, notes, and having been read."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.tickets.events import (
    NoteWritten,
    TagsChanged,
    TicketConverted,
    TicketDescribed,
    TicketPrioritised,
)
from ambidesk.support.tickets.models import Note, Priority, Tagging, Ticket
from ambidesk.support.tickets.recording import lock, lock_unclosed, record, tell


class NoSubject(InvalidInput):
    """A ticket needs a subject."""

    sentence = _("Give the ticket a subject.")


class EmptyNote(InvalidInput):
    """A note needs words."""

    sentence = _("Write something first.")


@transaction.atomic
def rename(ticket: Ticket, *, subject: str, by: Actor, at: datetime) -> Ticket:
    """
    Set the subject.

    Raises:
        NoSubject: it is empty.
        AlreadyClosed, AlreadyMerged: the ticket is over.
    """
    if not subject.strip():
        raise NoSubject(field="subject")
    ticket = lock_unclosed(ticket)
    ticket.subject = subject.strip()[:300]
    return _described(ticket, by=by, at=at)


@transaction.atomic
def categorise(ticket: Ticket, *, category: Category | None, by: Actor, at: datetime) -> Ticket:
    """
    Say what the ticket is about.

    Raises:
        AlreadyClosed, AlreadyMerged: the ticket is over.
    """
    ticket = lock_unclosed(ticket)
    ticket.category = category
    return _described(ticket, by=by, at=at)


@transaction.atomic
def prioritise(ticket: Ticket, *, priority: Priority, by: Actor, at: datetime) -> Ticket:
    """
    Set the priority.

    Raises:
        AlreadyClosed, AlreadyMerged: the ticket is over.
    """
    ticket = lock_unclosed(ticket)
    before = Priority(ticket.priority)
    ticket.priority = priority
    ticket.save(update_fields=["priority"])
    event = TicketPrioritised(ticket_id=ticket.pk, priority=priority, before=before)
    record(event, ticket, by=by, at=at)
    return ticket


@transaction.atomic
def convert(ticket: Ticket, *, request_type: RequestType | None, by: Actor, at: datetime) -> Ticket:
    """
    Make the ticket one of another type; converting back undoes it.

    Raises:
        AlreadyClosed, AlreadyMerged: the ticket is over.
    """
    ticket = lock_unclosed(ticket)
    event = TicketConverted(
        ticket_id=ticket.pk,
        request_type_id=request_type.pk if request_type else None,
        before_id=ticket.request_type_id,
    )
    ticket.request_type = request_type
    ticket.save(update_fields=["request_type"])
    record(event, ticket, by=by, at=at)
    return ticket


@transaction.atomic
def tag(
    ticket: Ticket,
    *,
    add: Iterable[Tag] = (),
    remove: Iterable[Tag] = (),
    by: Actor,
    at: datetime,
) -> Ticket:
    """Put tags on and take tags off; the same change twice is one."""
    ticket = lock(ticket)
    adding, removing = list(add), list(remove)
    Tagging.objects.bulk_create(
        [Tagging(ticket=ticket, tag=each, at=at) for each in adding], ignore_conflicts=True
    )
    Tagging.objects.filter(ticket=ticket, tag__in=removing).delete()
    event = TagsChanged(
        ticket_id=ticket.pk,
        added_ids=[each.pk for each in adding],
        removed_ids=[each.pk for each in removing],
    )
    record(event, ticket, by=by, at=at)
    return ticket


@transaction.atomic
def note(ticket: Ticket, *, text: str, by: Actor, at: datetime) -> Note:
    """
    Leave an internal remark; also on a closed ticket.

    Raises:
        EmptyNote: it has no words.
    """
    if not text.strip():
        raise EmptyNote(field="text")
    ticket = lock(ticket)
    written = Note.objects.create(
        ticket=ticket, author_id=by.user_id, text=text.strip()[:20_000], at=at
    )
    ticket.last_at = max(ticket.last_at, at)
    ticket.save(update_fields=["last_at"])
    record(NoteWritten(ticket_id=ticket.pk, note_id=written.pk), ticket, by=by, at=at)
    return written


def mark_read(ticket: Ticket, *, unread: bool = False) -> None:
    """Remember that somebody looked; this is no event of the ticket's life."""
    if Ticket.objects.filter(pk=ticket.pk, unread=not unread).update(unread=unread):
        tell([ticket])


def _described(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    ticket.save(update_fields=["subject", "category"])
    event = TicketDescribed(ticket_id=ticket.pk, category_id=ticket.category_id)
    record(event, ticket, by=by, at=at)
    return ticket
