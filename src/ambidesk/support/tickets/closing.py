"""Closing: solved, closed, open again, on hold; nothing is solved with needed fields empty."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.fields.rules.form import Needed, missing
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.catalogue.asking import demanding, forms_of
from ambidesk.service.workflow.models import Run
from ambidesk.support.tickets.events import StateChanged
from ambidesk.support.tickets.filling import answers_of
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.outcomes import Outcome
from ambidesk.support.tickets.recording import (
    AlreadyMerged,
    lock_many,
    lock_many_unclosed,
    record_each,
    write,
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


class NotFilledIn(Refusal):
    """What has to be known of such a ticket is not known yet."""

    sentence = _("Fill in first, for ticket #%(number)s: %(fields)s.")


class GoesByStages(Refusal):
    """Its process has an end, which is how it ends."""

    sentence = _("Ticket #%(number)s goes by a process. It ends by the steps of that.")


class AlreadySo(Refusal):
    """The state is as asked."""

    sentence = _("Ticket #%(number)s is in this state already.")


def solve(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """
    Call the matter solved; a further word of the requester opens it again.

    Raises:
        AlreadyClosed, AlreadyMerged, AlreadySo: nothing to solve.
        GoesByStages: its process is under way.
        NotFilledIn: a field that is needed is empty.
    """
    return wait_many([ticket], State.SOLVED, by=by, at=at).single()


def close(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """
    Close the ticket.

    Raises:
        AlreadyClosed, AlreadyMerged: it is over already.
        GoesByStages: its process is under way.
        NotFilledIn: a field that is needed is empty.
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
    if state in ENDED:
        refused |= _under_way([row for row in rows if row.pk not in refused])
        refused |= _not_filled_in([row for row in rows if row.pk not in refused], at=at)
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


def _under_way(rows: Sequence[Ticket]) -> dict[int, Refusal]:
    runs = {row.run_id: row.pk for row in rows if row.run_id and not row.is_ended}
    if not runs:
        return {}
    going = Run.objects.filter(pk__in=runs, ended_at=None).values_list("pk", flat=True)
    return {runs[run]: GoesByStages(number=runs[run]) for run in going}


def _not_filled_in(rows: Sequence[Ticket], *, at: datetime) -> dict[int, Refusal]:
    typed = {
        row.pk: row.request_type_id for row in rows if row.request_type_id and not row.is_ended
    }
    kinds = demanding(typed.values()) if typed else frozenset()
    asked = {pk: kind for pk, kind in typed.items() if kind in kinds}
    if not asked:
        return {}
    forms, answers = forms_of(asked.values()), answers_of(asked)
    refused: dict[int, Refusal] = {}
    for pk, kind in asked.items():
        lacking = missing(forms[kind], answers[pk], to=Needed.SOLVE, at=at)
        if lacking:
            labels = [each.spec.label.said(get_language() or "en") for each in lacking]
            refused[pk] = NotFilledIn(number=pk, fields=", ".join(labels))
    return refused


def _move(
    rows: Sequence[Ticket],
    state_of: Callable[[Ticket], State],
    *,
    refused: dict[int, Refusal],
    by: Actor,
    at: datetime,
) -> Outcome:
    events = [moved(row, state_of(row), at=at) for row in rows]
    write(rows, MOVED)
    record_each(events, rows, by=by, at=at)
    return Outcome(done=tuple(rows), refused=refused)


def moved(ticket: Ticket, state: State, *, at: datetime) -> StateChanged:
    """Bring a row that the caller holds and writes into a state; give the event of it."""
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
