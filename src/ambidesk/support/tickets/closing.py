"""Closing: solved, closed, open again, on hold."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.tickets.events import StateChanged
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.recording import AlreadyMerged, lock, lock_unclosed, record
from ambidesk.support.tickets.rules.states import ENDED, waiting_for


class NotEnded(Refusal):
    """Only what ended can begin again."""

    sentence = _("Ticket #%(number)s is open already.")


class AlreadySo(Refusal):
    """The state is as asked."""

    sentence = _("Ticket #%(number)s is in this state already.")


@transaction.atomic
def solve(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """
    Call the matter solved; a further word of the requester opens it again.

    Raises:
        AlreadyClosed, AlreadyMerged, AlreadySo: nothing to solve.
    """
    return _move(lock_unclosed(ticket), State.SOLVED, by=by, at=at)


@transaction.atomic
def close(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """
    Close the ticket.

    Raises:
        AlreadyClosed, AlreadyMerged: it is over already.
    """
    return _move(lock_unclosed(ticket), State.CLOSED, by=by, at=at)


@transaction.atomic
def reopen(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """
    Open what was solved or closed again.

    Raises:
        NotEnded: it is open.
        AlreadyMerged: undo the merge instead.
    """
    ticket = lock(ticket)
    if ticket.merged_into_id:
        raise AlreadyMerged(number=ticket.number, target=ticket.merged_into_id)
    if not ticket.is_ended:
        raise NotEnded(number=ticket.number)
    return _move(ticket, State.OPEN, by=by, at=at)


@transaction.atomic
def wait(ticket: Ticket, state: State, *, by: Actor, at: datetime) -> Ticket:
    """
    Say whose turn it is: ours again, the requester's, another party's, or on hold.

    Raises:
        AlreadyClosed, AlreadyMerged, AlreadySo: nothing to change.
    """
    return _move(lock_unclosed(ticket), state, by=by, at=at)


def _move(ticket: Ticket, state: State, *, by: Actor, at: datetime) -> Ticket:
    before = State(ticket.state)
    if before is state:
        raise AlreadySo(number=ticket.number)
    ticket.state = state
    ticket.waiting_for = waiting_for(state)
    ticket.waiting_since = at
    ticket.snoozed_until = None
    ticket.unread = False if state in ENDED else ticket.unread
    ticket.solved_at = at if state in ENDED else None
    ticket.closed_at = at if state is State.CLOSED else None
    if before in ENDED and state not in ENDED:
        ticket.reopened_times += 1
    ticket.save()
    record(StateChanged(ticket_id=ticket.pk, state=state, before=before), ticket, by=by, at=at)
    return ticket
