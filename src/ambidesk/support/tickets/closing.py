"""Closing: solved, closed, open again, on hold."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.tickets.events import StateChanged
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.outcomes import Outcome
from ambidesk.support.tickets.recording import (
    AlreadyMerged,
    lock_many,
    lock_many_unclosed,
    record_each,
)
from ambidesk.support.tickets.rules.states import ENDED, waiting_for

MOVED = (
    "state",
    "waiting_for",
    "waiting_since",
    "snoozed_until",
    "unread",
    "solved_at",
    "closed_at",
    "reopened_times",
)


class NotEnded(Refusal):
    """Only what ended can begin again."""

    sentence = _("Ticket #%(number)s is open already.")


class AlreadySo(Refusal):
    """The state is as asked."""

    sentence = _("Ticket #%(number)s is in this state already.")


def solve(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """
    Call the matter solved; a further word of the requester opens it again.

    Raises:
        AlreadyClosed, AlreadyMerged, AlreadySo: nothing to solve.
    """
    return wait_many([ticket], State.SOLVED, by=by, at=at).single()


def close(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """
    Close the ticket.

    Raises:
        AlreadyClosed, AlreadyMerged: it is over already.
    """
    return wait_many([ticket], State.CLOSED, by=by, at=at).single()


def reopen(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """
    Open what was solved or closed again.

    Raises:
        NotEnded: it is open.
        AlreadyMerged: undo the merge instead.
    """
    return reopen_many([ticket], by=by, at=at).single()


def wait(ticket: Ticket, state: State, *, by: Actor, at: datetime) -> Ticket:
    """
    Say whose turn it is: ours again, the requester's, another party's, or on hold.

    Raises:
        AlreadyClosed, AlreadyMerged, AlreadySo: nothing to change.
    """
    return wait_many([ticket], state, by=by, at=at).single()


@transaction.atomic
def wait_many(tickets: Sequence[Ticket], state: State, *, by: Actor, at: datetime) -> Outcome:
    """Bring tickets into a state: solved, closed, or whose turn it is."""
    rows, refused = lock_many_unclosed(tickets)
    refused |= {row.pk: AlreadySo(number=row.number) for row in rows if row.state == state}
    going = [row for row in rows if row.pk not in refused]
    return _move(going, lambda _row: state, refused=refused, by=by, at=at)


@transaction.atomic
def reopen_many(tickets: Sequence[Ticket], *, by: Actor, at: datetime) -> Outcome:
    """Open tickets that were solved or closed again."""
    return bring_back_many([(ticket, State.OPEN) for ticket in tickets], by=by, at=at)


@transaction.atomic
def bring_back_many(states: Sequence[tuple[Ticket, State]], *, by: Actor, at: datetime) -> Outcome:
    """Give tickets that ended another state, as when their ending is undone."""
    wanted = {ticket.pk: state for ticket, state in states}
    rows = lock_many(ticket for ticket, _state in states)
    refused: dict[int, Refusal] = {}
    for row in rows:
        if row.merged_into_id:
            refused[row.pk] = AlreadyMerged(number=row.number, target=row.merged_into_id)
        elif not row.is_ended:
            refused[row.pk] = NotEnded(number=row.number)
    going = [row for row in rows if row.pk not in refused]
    return _move(going, lambda row: wanted[row.pk], refused=refused, by=by, at=at)


def _move(
    rows: Sequence[Ticket],
    state_of: Callable[[Ticket], State],
    *,
    refused: dict[int, Refusal],
    by: Actor,
    at: datetime,
) -> Outcome:
    events = [_moved(row, state_of(row), at=at) for row in rows]
    Ticket.objects.bulk_update(rows, MOVED)
    record_each(events, rows, by=by, at=at)
    return Outcome(done=tuple(rows), refused=refused)


def _moved(ticket: Ticket, state: State, *, at: datetime) -> StateChanged:
    before = State(ticket.state)
    ticket.state = state
    ticket.waiting_for = waiting_for(state)
    ticket.waiting_since = at
    ticket.snoozed_until = None
    ticket.unread = False if state in ENDED else ticket.unread
    ticket.solved_at = at if state in ENDED else None
    ticket.closed_at = at if state is State.CLOSED else None
    if before in ENDED and state not in ENDED:
        ticket.reopened_times += 1
    return StateChanged(ticket_id=ticket.pk, state=state, before=before)
