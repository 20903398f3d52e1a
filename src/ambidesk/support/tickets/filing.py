"""Filing: a message of the other side takes its place on a ticket that exists."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.events import MessageFiled
from ambidesk.support.tickets.models import Filing, State, Ticket
from ambidesk.support.tickets.recording import tell_said, write
from ambidesk.support.tickets.rules.states import ENDED, after_inbound, waiting_for
from ambidesk.support.tickets.switching import note_switches

# What a message of the other side changes on its ticket.
HEARD = (
    "state",
    "waiting_for",
    "waiting_since",
    "unread",
    "preview",
    "last_at",
    "last_inbound_at",
    "snoozed_until",
    "solved_at",
    "closed_at",
    "reopened_times",
)


def preview_of(message: Message) -> str:
    """One line of what was said, for lists."""
    return " ".join((message.new_text or message.text).split())[:200]


def file_message(ticket: Ticket, message: Message, *, by: Actor, at: datetime) -> Ticket:
    """File one message of the other side."""
    return file_many([(ticket, message)], by=by, at=at)[0]


@transaction.atomic(savepoint=False)
def file_many(pairs: Sequence[tuple[Ticket, Message]], *, by: Actor, at: datetime) -> list[Ticket]:
    """
    File messages of the other side in order, and say whose turn it is now.

    A ticket hears a message when the message was recorded, which for history was long ago.
    What answers a merged ticket goes to the one it was merged into; a solved or closed ticket is
    reopened by a person, never by a machine.
    """
    targets = _locked(ticket for ticket, _message in pairs)
    events = []
    filings = []
    tickets = []
    moments = [message.recorded_at for _ticket, message in pairs]
    for ticket, message in pairs:
        target = targets[ticket.pk]
        hear(target, message, at=message.recorded_at)
        filings.append(Filing(ticket=target, message=message, filed_at=at))
        events.append(
            MessageFiled(ticket_id=target.pk, message_id=message.pk, state=State(target.state))
        )
        tickets.append(target)
    Filing.objects.bulk_create(filings, ignore_conflicts=True)
    write({target.pk: target for target in tickets}.values(), HEARD)
    journal.record_many(events, by=by, at=moments)
    told = [(ticket, said) for ticket, (_was, said) in zip(tickets, pairs, strict=True)]
    note_switches(told, by_requester=True, by=by, at=at)
    tell_said(told)
    return tickets


def _locked(tickets: Iterable[Ticket]) -> dict[int, Ticket]:
    asked = {ticket.pk for ticket in tickets}
    if len(asked) == 1:
        # One that stands for itself is one question; locks of one row have no order to keep.
        alone = Ticket.objects.select_for_update(no_key=True).filter(pk__in=asked, merged_into=None)
        if row := alone.first():
            return {row.pk: row}
    while True:
        targets = _followed(asked)
        rows = (
            Ticket.objects.select_for_update(no_key=True)
            .filter(pk__in=targets.values())
            .order_by("pk")
        )
        found = {row.pk: row for row in rows}
        # One of them may have been merged while we waited for its lock.
        if not any(row.merged_into_id for row in found.values()):
            return {number: found[target] for number, target in targets.items()}


def _followed(numbers: set[int]) -> dict[int, int]:
    """Say where each ticket went by merges, one after the other, as they stand now."""
    targets = {number: number for number in numbers}
    while True:
        merged = Ticket.objects.filter(pk__in=targets.values(), merged_into__isnull=False)
        onward = dict(merged.values_list("pk", "merged_into"))
        if not onward:
            return targets
        targets = {number: onward.get(target) or target for number, target in targets.items()}


def hear(ticket: Ticket, message: Message, *, at: datetime) -> None:
    """Have a row that the caller holds and writes hear the other side."""
    before = State(ticket.state)
    state = after_inbound(before, automatic=message.automatic)
    ticket.preview = preview_of(message) or ticket.preview
    ticket.last_at = max(ticket.last_at, at)
    ticket.last_inbound_at = max(ticket.last_inbound_at or at, at)
    # What a machine says after the end is filed, and nobody has to read it.
    ticket.unread = state not in ENDED
    if state is before:
        return
    ticket.state = state
    ticket.waiting_for = waiting_for(state)
    ticket.waiting_since = at
    ticket.snoozed_until = None
    if before in ENDED:
        ticket.solved_at = None
        ticket.closed_at = None
        ticket.reopened_times += 1
