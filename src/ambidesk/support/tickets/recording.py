"""Recording: what each verb does first and last: lock the row; journal and signal the change."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Entry, Event
from ambidesk.ground.kernel.preparing import prepared
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.events import MessageFiled, TicketAnswered
from ambidesk.support.tickets.models import State, Ticket

SAID = {MessageFiled.kind, TicketAnswered.kind}


class AlreadyClosed(Refusal):
    """Nothing more can be done on a closed ticket."""

    sentence = _("Ticket #%(number)s is closed. Reopen it first.")


class AlreadyMerged(Refusal):
    """The ticket went into another one."""

    sentence = _("Ticket #%(number)s was merged into #%(target)s.")


def lock(ticket: Ticket) -> Ticket:
    """Lock the row of the ticket and read it afresh."""
    return Ticket.objects.select_for_update(no_key=True).get(pk=ticket.pk)


def lock_unclosed(ticket: Ticket) -> Ticket:
    """
    Lock a ticket that can still be worked on.

    Raises:
        AlreadyMerged: it went into another one.
        AlreadyClosed: it is closed.
    """
    ticket = lock(ticket)
    require_unclosed(ticket)
    return ticket


def require_unclosed(ticket: Ticket) -> None:
    """
    Refuse what is asked of a ticket that is over; nothing is locked.

    Raises:
        AlreadyMerged: it went into another one.
        AlreadyClosed: it is closed.
    """
    if refusal := _over(ticket):
        raise refusal


def lock_many(tickets: Iterable[Ticket]) -> list[Ticket]:
    """Lock rows in the order of their keys and read them afresh, in one question."""
    numbers = {ticket.pk for ticket in tickets}
    if len(numbers) == 1:
        return prepared("tickets.lock", _locked, number=numbers.pop())
    return list(Ticket.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk"))


def _locked(slots: Mapping[str, Any]) -> QuerySet[Ticket]:
    return Ticket.objects.select_for_update(no_key=True).filter(pk=slots["number"])


def lock_many_unclosed(tickets: Iterable[Ticket]) -> tuple[list[Ticket], dict[int, Refusal]]:
    """Lock tickets; give those that can still be worked on, and why the others cannot."""
    rows = lock_many(tickets)
    refused = {row.pk: refusal for row in rows if (refusal := _over(row))}
    return [row for row in rows if row.pk not in refused], refused


def _over(ticket: Ticket) -> Refusal | None:
    if ticket.merged_into_id:
        return AlreadyMerged(number=ticket.number, target=ticket.merged_into_id)
    if ticket.state == State.CLOSED:
        return AlreadyClosed(number=ticket.number)
    return None


def lock_pair(one: Ticket, other: Ticket) -> tuple[Ticket, Ticket]:
    """Lock two tickets in the order of their keys, so that two mergers cannot wait in a ring."""
    rows = (
        Ticket.objects.select_for_update(no_key=True)
        .filter(pk__in=[one.pk, other.pk])
        .order_by("pk")
    )
    found = {row.pk: row for row in rows}
    return found[one.pk], found[other.pk]


def record(event: Event, ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """Journal the change of one ticket and tell the screens that show it."""
    journal.record(event, by=by, at=at)
    tell([ticket])


def record_each(
    events: Sequence[Event], tickets: Iterable[Ticket], *, by: Actor, at: datetime
) -> None:
    """Journal the changes of many tickets and tell the screens that show them."""
    if events:
        journal.record_many(events, by=by, at=at)
        tell(tickets)


def tell(tickets: Iterable[Ticket]) -> None:
    """Tell the screens: the ticket's own, and the lists of its brand."""
    _tell((ticket, "") for ticket in tickets)


def tell_said(pairs: Iterable[tuple[Ticket, Message]]) -> None:
    """Tell the screens of messages; who has such a one already need not ask for it."""
    _tell((ticket, str(message.pk)) for ticket, message in pairs)


def topics_of(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """Give the topics, with their notes, that were told when this happened to tickets."""
    numbers = {entry.subject_id for entry in entries}
    rows = Ticket.objects.filter(pk__in=numbers).values_list("pk", "brand_id")
    brands = dict(rows)
    return _topics(
        (entry.subject_id, brands[entry.subject_id], _said_in(entry))
        for entry in entries
        if entry.subject_id in brands
    )


def write(tickets: Collection[Ticket], columns: Sequence[str]) -> None:
    """Write columns of locked rows: one row plainly, several by one statement."""
    if len(tickets) == 1:
        _write_one(next(iter(tickets)), tuple(columns))
    else:
        Ticket.objects.bulk_update(tickets, columns)


def _write_one(row: Ticket, columns: tuple[str, ...]) -> None:
    sql, fields = _update(columns)
    values = [
        field.get_db_prep_save(getattr(row, field.attname), connection=connection)
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, row.pk])


@cache
def _update(columns: tuple[str, ...]) -> "tuple[str, tuple[Field[Any, Any], ...]]":
    """The statement, written once: Django takes longer to write it than PostgreSQL to do it."""
    known = {field.name: field for field in Ticket._meta.concrete_fields}  # noqa: SLF001 Django documents it
    fields = tuple(known[name] for name in columns)
    changes = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f"UPDATE tickets_ticket SET {changes} WHERE id = %s", fields  # noqa: S608 our own columns


def _said_in(entry: Entry) -> str:
    """What happened with a message is all seen by whoever sees the message."""
    return str(entry.data["message_id"]) if entry.kind in SAID else ""


def _tell(told: Iterable[tuple[Ticket, str]]) -> None:
    for topic, note in _topics((ticket.pk, ticket.brand_id, note) for ticket, note in told):
        signal(topic, note=note)


def _topics(tickets: Iterable[tuple[int, int, str]]) -> list[tuple[str, str]]:
    rows = list(tickets)
    brands = sorted({brand for _number, brand, _note in rows})
    return [
        *((f"ticket:{number}", note) for number, _brand, note in rows),
        *((f"tickets:brand:{brand}", "") for brand in brands),
    ]
