"""
Penalising: broken promises of a contract's tickets, folded from their journal, become penalties.

What broke only because the client was waited for, or because debts had stopped the work, says so.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

import structlog
from dateutil.relativedelta import relativedelta
from django.db import DatabaseError
from django.db.models import F, Q
from django.utils.timezone import localtime

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.charges.penalising import Late, count_penalties, period_of
from ambidesk.service.contracts.models import BlockedKind, Contract, Stop, StopFor
from ambidesk.service.contracts.models.line import Excuse
from ambidesk.service.sla.models import Clock as ClockRow
from ambidesk.service.sla.rules.clocks import NOTHING, Clock
from ambidesk.service.sla.rules.facts import Stage
from ambidesk.support.promises.settling import clocks_of
from ambidesk.support.tickets.models import Ticket

log = structlog.get_logger(__name__)
DAY = timedelta(days=1)
# A year's period and the one before it.
LONGEST = relativedelta(months=12)
AT_ONCE = 200


def penalise(contract: Contract, *, by: Actor, at: datetime, whole: bool = False) -> int:
    """
    Count the penalties of a contract for its last two periods, or for all of its time.

    Give how many are others than before.
    """
    today = localtime(at).date()
    current = period_of(contract, today)
    since = contract.starts_on if whole else period_of(contract, current - DAY)
    lates = list(lates_of(contract, since=since, at=at))
    return count_penalties(contract, lates, since=since, by=by, at=at)


def penalise_due(*, by: Actor, at: datetime) -> int:
    """Count the penalties of all contracts that have a clause for them; say how many changed."""
    today = localtime(at).date()
    rows = Contract.objects.filter(
        Q(until_on=None) | Q(until_on__gt=today - LONGEST),
        versions__penalties__isnull=False,
        versions__activated_at__isnull=False,
    )
    changed = 0
    for row in rows.distinct().order_by("pk"):
        try:
            changed += penalise(row, by=by, at=at)
        except DatabaseError:
            # The other contracts are counted all the same; this one again in an hour.
            log.exception("penalties-failed", contract=row.pk)
    return changed


def lates_of(contract: Contract, *, since: date, at: datetime) -> Iterator[Late]:
    """Fold the journals of the contract's tickets whose promises fell due since a day."""
    # A day more: where the desk is it may be later than in Greenwich.
    first = datetime.combine(since, time(), tzinfo=UTC) - DAY
    broken = ClockRow.objects.filter(
        Q(met_at=None, due_at__lte=at) | Q(met_at__gt=F("due_at")), due_at__gte=first
    )
    rows = Ticket.objects.filter(
        coverage__contract=contract, promise__in=broken.order_by().values("promise")
    )
    tickets = list(rows.order_by("pk"))
    stops = [
        each
        for each in Stop.objects.filter(contract=contract, why=StopFor.DEBT).order_by("set_at")
        if BlockedKind.CONTRACT in each.blocks
    ]
    for place in range(0, len(tickets), AT_ONCE):
        part = tickets[place : place + AT_ONCE]
        entries = journal.entries_of_many("ticket", [each.pk for each in part])
        for ticket in part:
            for clock in clocks_of(ticket, entries[ticket.pk]):
                late = _late(ticket, clock, stops, at=at)
                if late is not None and late.on >= since:
                    yield late


def _late(ticket: Ticket, clock: Clock, stops: Sequence[Stop], *, at: datetime) -> Late | None:
    if clock.due_at is None or not clock.is_missed(at):
        return None
    late_for = _worked(clock, at) - clock.target.work
    return Late(
        promise=ticket.promise_id or 0,
        goal=clock.goal.value,
        number=clock.number,
        on=localtime(clock.due_at).date(),
        late_for=max(late_for, NOTHING),
        excuse=_excuse(clock, late_for, stops, at=at),
    )


def _worked(clock: Clock, at: datetime, *, only: Stage | None = None) -> timedelta:
    """Measure the time that counted, in one stage or in all, up to now where it still runs."""
    found = NOTHING
    for piece in clock.pieces:
        if not piece.counts or (only is not None and piece.stage is not only):
            continue
        if piece.end is None and piece.terms is not None:
            found += piece.terms.measure.between(piece.start, max(piece.start, at))
        else:
            found += piece.worked
    return found


def _excuse(clock: Clock, late_for: timedelta, stops: Sequence[Stop], *, at: datetime) -> str:
    """Say why it does not count: without the client's wait it would have been kept."""
    if late_for <= _worked(clock, at, only=Stage.REQUESTER):
        return Excuse.CLIENT.value
    if late_for <= _stopped(clock, stops, at=at):
        return Excuse.STOPPED.value
    return ""


def _stopped(clock: Clock, stops: Sequence[Stop], *, at: datetime) -> timedelta:
    """Measure the time that counted while stops held, each moment once."""
    found = NOTHING
    for piece in clock.pieces:
        if not piece.counts or piece.terms is None:
            continue
        reached, end = piece.start, min(piece.end or at, at)
        for stop in stops:
            start, until = max(reached, stop.set_at), min(end, stop.lifted_at or end)
            if start < until:
                found += piece.terms.measure.between(start, until)
                reached = until
    return found
