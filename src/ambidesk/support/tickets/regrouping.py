"""Regrouping: merge, split, move, link, each undone exactly. Messages never move, filings do."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.deriving import derive
from ambidesk.support.tickets.events import TicketsRegrouped
from ambidesk.support.tickets.models import (
    Filing,
    Regrouping,
    RegroupingKind,
    State,
    Ticket,
)
from ambidesk.support.tickets.opening import Opening, open_ticket
from ambidesk.support.tickets.recording import AlreadyMerged, lock, lock_pair, tell
from ambidesk.support.tickets.rules.states import ENDED, waiting_for


class SameTicket(Refusal):
    """Two different tickets are needed."""

    sentence = _("Choose another ticket: this one is the same.")


class OtherBrand(Refusal):
    """Tickets of two brands never come together."""

    sentence = _("Tickets of different brands cannot be put together.")


class NothingToMove(Refusal):
    """None of the chosen messages stand on the ticket."""

    sentence = _("Choose at least one message, and leave at least one on the ticket.")


class LaterRegrouping(Refusal):
    """Something was built upon it."""

    sentence = _("These messages were moved again later. Undo that first.")


class AlreadyUndone(Refusal):
    """It was undone before."""

    sentence = _("This was undone already.")


@transaction.atomic
def merge(source: Ticket, target: Ticket, *, by: Actor, at: datetime) -> Regrouping:
    """
    Put all of one ticket onto another; the source is closed and points to it.

    Raises:
        SameTicket, OtherBrand, AlreadyMerged: these two cannot come together.
    """
    source, target = _pair(source, target)
    regrouping = _regroup(RegroupingKind.MERGE, source, target, at)
    _refile(regrouping, _filings(source), at)
    if source.unread and not target.is_ended:
        target.unread = True
    _close_into(source, target, at)
    _refresh(target)
    _record(regrouping, by=by, at=at)
    return regrouping


@transaction.atomic
def move(
    source: Ticket, target: Ticket, *, messages: Sequence[Message], by: Actor, at: datetime
) -> Regrouping:
    """
    Put some messages of one ticket onto another.

    Raises:
        SameTicket, OtherBrand, AlreadyMerged: these two have nothing to exchange.
        NothingToMove: no message, or all of them (that would be a merge).
    """
    source, target = _pair(source, target)
    return _move(RegroupingKind.MOVE, source, target, messages, by=by, at=at)


@transaction.atomic
def split(
    source: Ticket, *, messages: Sequence[Message], subject: str, by: Actor, at: datetime
) -> Regrouping:
    """
    Begin a new ticket with some messages of this one.

    Raises:
        AlreadyMerged: the source went into another one.
        NothingToMove: no message, or all of them.
    """
    source = _unmerged(lock(source))
    here = {filing.message_id for filing in _filings(source)}
    chosen = sorted((each for each in messages if each.pk in here), key=lambda each: each.pk)
    if not chosen:
        raise NothingToMove
    first = chosen[0]
    requester = first.sender or source.requester_identity
    if requester is None:
        raise NothingToMove
    opening = Opening(
        brand=source.brand,
        requester=requester,
        subject=subject.strip() or source.subject,
        channel=source.channel,
        team=source.team,
    )
    target = open_ticket(opening, by=by, at=at)
    source, target = _pair(source, target)
    return _move(RegroupingKind.SPLIT, source, target, chosen, by=by, at=at)


@transaction.atomic
def undo(regrouping: Regrouping, *, by: Actor, at: datetime) -> Regrouping:
    """
    Put everything back where it stood; what arrived since stays where it arrived.

    Raises:
        AlreadyUndone: somebody did.
        LaterRegrouping: the messages went on somewhere else.
    """
    source, target = lock_pair(regrouping.source, regrouping.target)
    regrouping = Regrouping.objects.select_for_update(of=("self",)).get(pk=regrouping.pk)
    if regrouping.undone_at:
        raise AlreadyUndone
    made = Filing.objects.filter(made_by=regrouping)
    if made.filter(withdrawn_at__isnull=False).exists() or target.merged_into_id:
        raise LaterRegrouping
    made.update(withdrawn_at=at, withdrawn_by=regrouping)
    Filing.objects.filter(withdrawn_by=regrouping).exclude(made_by=regrouping).update(
        withdrawn_at=None, withdrawn_by=None
    )
    Regrouping.objects.filter(pk=regrouping.pk).update(undone_at=at)
    _restore(source, target, regrouping, by=by, at=at)
    _record(regrouping, by=by, at=at, undone=True)
    return regrouping


def _close_into(source: Ticket, target: Ticket, at: datetime) -> None:
    """What the source says of itself stays as it was; it is over, and asleep no more."""
    source.state = State.CLOSED
    source.waiting_for = waiting_for(State.CLOSED)
    source.waiting_since = at
    # When it ended before, it has; undoing the merge needs to know.
    source.solved_at = source.solved_at or at
    source.closed_at = source.closed_at or at
    source.snoozed_until = None
    source.unread = False
    source.merged_into = target
    source.save()


def _pair(source: Ticket, target: Ticket) -> tuple[Ticket, Ticket]:
    if source.pk == target.pk:
        raise SameTicket
    source, target = lock_pair(source, target)
    if source.brand_id != target.brand_id:
        raise OtherBrand
    return _unmerged(source), _unmerged(target)


def _unmerged(ticket: Ticket) -> Ticket:
    if ticket.merged_into_id:
        raise AlreadyMerged(number=ticket.number, target=ticket.merged_into_id)
    return ticket


def _move(
    kind: RegroupingKind,
    source: Ticket,
    target: Ticket,
    messages: Sequence[Message],
    *,
    by: Actor,
    at: datetime,
) -> Regrouping:
    here = _filings(source)
    chosen = [filing for filing in here if filing.message_id in {each.pk for each in messages}]
    if not chosen or len(chosen) == len(here):
        raise NothingToMove
    regrouping = _regroup(kind, source, target, at)
    _refile(regrouping, chosen, at)
    _refresh(source)
    _refresh(target)
    _record(regrouping, by=by, at=at)
    return regrouping


def _filings(ticket: Ticket) -> list[Filing]:
    return list(Filing.objects.filter(ticket=ticket, withdrawn_at=None).order_by("pk"))


def _regroup(kind: RegroupingKind, source: Ticket, target: Ticket, at: datetime) -> Regrouping:
    return Regrouping.objects.create(
        kind=kind, source=source, target=target, source_state=source.state, at=at
    )


def _refile(regrouping: Regrouping, filings: Sequence[Filing], at: datetime) -> None:
    Filing.objects.filter(pk__in=[filing.pk for filing in filings]).update(
        withdrawn_at=at, withdrawn_by=regrouping
    )
    there = set(
        Filing.objects.filter(ticket=regrouping.target, withdrawn_at=None).values_list(
            "message_id", flat=True
        )
    )
    Filing.objects.bulk_create(
        [
            Filing(
                ticket=regrouping.target,
                message_id=filing.message_id,
                filed_at=at,
                made_by=regrouping,
            )
            for filing in filings
            if filing.message_id not in there
        ]
    )


def _restore(
    source: Ticket, target: Ticket, regrouping: Regrouping, *, by: Actor, at: datetime
) -> None:
    if regrouping.kind == RegroupingKind.MERGE:
        state = State(regrouping.source_state)
        source.merged_into = None
        source.state = state
        source.waiting_for = waiting_for(state)
        source.waiting_since = at
        source.solved_at = source.solved_at if state in ENDED else None
        source.closed_at = source.closed_at if state is State.CLOSED else None
    _refresh(source)
    _refresh(target)
    emptied = not Filing.objects.filter(ticket=target, withdrawn_at=None).exists()
    if regrouping.kind == RegroupingKind.SPLIT and emptied and target.state not in ENDED:
        close(target, by=by, at=at)


def _refresh(ticket: Ticket) -> None:
    derive(ticket)
    ticket.save()


def _record(regrouping: Regrouping, *, by: Actor, at: datetime, undone: bool = False) -> None:
    is_whole = regrouping.kind == RegroupingKind.MERGE
    pairs = [
        (regrouping.source_id, regrouping.target_id, is_whole),
        (regrouping.target_id, regrouping.source_id, False),
    ]
    journal.record_many(
        [
            TicketsRegrouped(
                ticket_id=ticket,
                other_id=other,
                regrouping_id=regrouping.pk,
                undone=undone,
                went_over=went_over,
            )
            for ticket, other, went_over in pairs
        ],
        by=by,
        at=at,
    )
    tell([regrouping.source, regrouping.target])
