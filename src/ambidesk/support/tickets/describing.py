"""Describing: subject, category, priority, tags, type, notes, and having been read."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.journal import Event
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.tickets.events import (
    TagsChanged,
    TicketConverted,
    TicketDescribed,
    TicketPrioritised,
)
from ambidesk.support.tickets.models import Priority, Tagging, Ticket
from ambidesk.support.tickets.outcomes import Outcome
from ambidesk.support.tickets.recording import (
    lock_many,
    lock_many_unclosed,
    record_each,
    tell,
    write,
)


class NoSubject(InvalidInput):
    """A ticket needs a subject."""

    sentence = _("Give the ticket a subject.")


class ForeignCategory(Refusal):
    """The category is of another brand."""

    sentence = _("Category “%(name)s” belongs to another brand than the ticket.")


def rename(ticket: Ticket, *, subject: str, by: Actor, at: datetime) -> Ticket:
    """
    Set the subject.

    Raises:
        NoSubject: it is empty.
        AlreadyClosed, AlreadyMerged: the ticket is over.
    """
    return rename_many([(ticket, subject)], by=by, at=at).single()


def categorise(ticket: Ticket, *, category: Category | None, by: Actor, at: datetime) -> Ticket:
    """
    Say what the ticket is about.

    Raises:
        AlreadyClosed, AlreadyMerged: the ticket is over.
        ForeignCategory: the category is of another brand.
    """
    return categorise_many([(ticket, category)], by=by, at=at).single()


def prioritise(ticket: Ticket, *, priority: Priority, by: Actor, at: datetime) -> Ticket:
    """
    Set the priority.

    Raises:
        AlreadyClosed, AlreadyMerged: the ticket is over.
    """
    return prioritise_many([(ticket, priority)], by=by, at=at).single()


def convert(ticket: Ticket, *, request_type: RequestType | None, by: Actor, at: datetime) -> Ticket:
    """
    Make the ticket one of another type; converting back undoes it.

    Raises:
        AlreadyClosed, AlreadyMerged: the ticket is over.
    """
    return convert_many([(ticket, request_type)], by=by, at=at).single()


@transaction.atomic
def rename_many(pairs: Sequence[tuple[Ticket, str]], *, by: Actor, at: datetime) -> Outcome:
    """
    Set subjects.

    Raises:
        NoSubject: one is empty.
    """
    wanted = {ticket.pk: subject.strip()[:300] for ticket, subject in pairs}
    if not all(wanted.values()):
        raise NoSubject(field="subject")

    def put(row: Ticket) -> Event:
        row.subject, kept = wanted[row.pk], row.category_id
        return TicketDescribed(ticket_id=row.pk, category_id=kept, before_id=kept)

    return _set(pairs, put, ["subject"], by=by, at=at)


@transaction.atomic
def categorise_many(
    pairs: Sequence[tuple[Ticket, Category | None]], *, by: Actor, at: datetime
) -> Outcome:
    """Say what tickets are about; those of another brand than their category's refuse."""
    wanted = {ticket.pk: category for ticket, category in pairs}
    foreign = {row.pk: no for row, category in pairs if (no := foreign_to(row, category))}
    pairs = [pair for pair in pairs if pair[0].pk not in foreign]

    def put(row: Ticket) -> Event:
        before, row.category = row.category_id, wanted[row.pk]
        return TicketDescribed(ticket_id=row.pk, category_id=row.category_id, before_id=before)

    outcome = _set(pairs, put, ["category"], by=by, at=at)
    return Outcome(done=outcome.done, refused={**outcome.refused, **foreign})


def foreign_to(ticket: Ticket, category: Category | None) -> ForeignCategory | None:
    """Say why a ticket cannot be about this: the brand of a ticket never changes."""
    if category is None or category.brand_id in {None, ticket.brand_id}:
        return None
    return ForeignCategory(name=category.name)


@transaction.atomic
def prioritise_many(
    pairs: Sequence[tuple[Ticket, Priority]], *, by: Actor, at: datetime
) -> Outcome:
    """Set priorities."""
    wanted = {ticket.pk: priority for ticket, priority in pairs}

    def put(row: Ticket) -> Event:
        before, row.priority = Priority(row.priority), wanted[row.pk]
        return TicketPrioritised(ticket_id=row.pk, priority=Priority(row.priority), before=before)

    return _set(pairs, put, ["priority"], by=by, at=at)


@transaction.atomic
def convert_many(
    pairs: Sequence[tuple[Ticket, RequestType | None]], *, by: Actor, at: datetime
) -> Outcome:
    """Make tickets ones of another type."""
    wanted = {ticket.pk: kind for ticket, kind in pairs}

    def put(row: Ticket) -> Event:
        before, row.request_type = row.request_type_id, wanted[row.pk]
        return TicketConverted(
            ticket_id=row.pk, request_type_id=row.request_type_id, before_id=before
        )

    return _set(pairs, put, ["request_type"], by=by, at=at)


def tag(
    ticket: Ticket,
    *,
    add: Iterable[Tag] = (),
    remove: Iterable[Tag] = (),
    by: Actor,
    at: datetime,
) -> Ticket:
    """Put tags on and take tags off; the same change twice is one."""
    return tag_many([ticket], add=add, remove=remove, by=by, at=at).single()


@transaction.atomic
def tag_many(
    tickets: Sequence[Ticket],
    *,
    add: Iterable[Tag] = (),
    remove: Iterable[Tag] = (),
    by: Actor,
    at: datetime,
) -> Outcome:
    """Put tags on many tickets and take tags off."""
    rows = lock_many(tickets)
    adding, removing = list(add), list(remove)
    Tagging.objects.bulk_create(
        [Tagging(ticket=row, tag=each, at=at) for row in rows for each in adding],
        ignore_conflicts=True,
    )
    Tagging.objects.filter(ticket__in=rows, tag__in=removing).delete()
    events = [
        TagsChanged(
            ticket_id=row.pk,
            added_ids=[each.pk for each in adding],
            removed_ids=[each.pk for each in removing],
        )
        for row in rows
    ]
    record_each(events, rows, by=by, at=at)
    return Outcome(done=tuple(rows))


def mark_read(ticket: Ticket, *, unread: bool = False) -> None:
    """Remember that somebody looked; this is no event of the ticket's life."""
    if Ticket.objects.filter(pk=ticket.pk, unread=not unread).update(unread=unread):
        tell([ticket])


def _set(
    pairs: Sequence[tuple[Ticket, object]],
    put: Callable[[Ticket], Event],
    columns: Sequence[str],
    *,
    by: Actor,
    at: datetime,
) -> Outcome:
    rows, refused = lock_many_unclosed(ticket for ticket, _value in pairs)
    events = [put(row) for row in rows]
    write(rows, columns)
    record_each(events, rows, by=by, at=at)
    return Outcome(done=tuple(rows), refused=refused)
