"""
Penalising: broken promises of a contract's tickets, folded from their journal, become penalties.

A breach is the contract's that was decided on when it fell due, and grows until it is mended or
that ends. What broke only because the client or a stop for debts was waited for, says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

import structlog
from dateutil.relativedelta import relativedelta
from django.db import DatabaseError
from django.db.models import F, Min, Q, QuerySet
from django.utils.timezone import make_aware

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.charges.models import Penalty
from ambidesk.service.charges.penalising import Late, count_penalties, period_of
from ambidesk.service.contracts.models import BlockedKind, Contract, Decision, Stop, StopFor
from ambidesk.service.contracts.models.line import Excuse
from ambidesk.service.sla.models import Clock as ClockRow
from ambidesk.service.sla.rules.clocks import NOTHING, Clock
from ambidesk.service.sla.rules.facts import Stage
from ambidesk.support.coverage.events import CoverageDecided
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

    What broke earlier and still runs, or was mended since, is counted with its period. Give how
    many are others than before.
    """
    since = contract.starts_on if whole else _since(contract, at=at)
    lates = list(lates_of(contract, since=since, at=at))
    return count_penalties(contract, lates, since=since, by=by, at=at)


def penalise_due(*, by: Actor, at: datetime) -> int:
    """Count the penalties of all contracts that have a clause for them; say how many changed."""
    today = day_of(at)
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
    broken = _broken(at).filter(due_at__gte=_morning(since))
    tickets = list(_tickets(contract).filter(promise__in=broken.values("promise")).order_by("pk"))
    stops = [
        each
        for each in Stop.objects.filter(contract=contract, why=StopFor.DEBT).order_by("set_at")
        if BlockedKind.CONTRACT in each.blocks
    ]
    for place in range(0, len(tickets), AT_ONCE):
        part = tickets[place : place + AT_ONCE]
        entries = journal.entries_of_many("ticket", [each.pk for each in part])
        decided = _decided(entries)
        for ticket in part:
            for clock in clocks_of(ticket, entries[ticket.pk]):
                late = _late(ticket, clock, stops, at=at, until=_until(contract, at))
                stood = clock.due_at and _stood(decided[ticket.pk], clock.due_at)
                if late and late.on >= since and stood and stood.contract_id == contract.pk:
                    yield late


def _since(contract: Contract, *, at: datetime) -> date:
    """Give the first period in which a penalty may be another one than when it was counted."""
    current = period_of(contract, day_of(at))
    first = period_of(contract, current - DAY)
    morning = _morning(first)
    recent = Q(met_at=None) | Q(met_at__gte=morning) | Q(due_at__gte=morning)
    clocks = _broken(at).filter(recent)
    promises = _tickets(contract).filter(promise__in=clocks.values("promise")).values("promise")
    due_at = clocks.filter(promise__in=promises).aggregate(first=Min("due_at"))["first"]
    told = Penalty.objects.filter(contract=contract, promise__in=promises)
    # A due day that moves frees in the period where it was what others may then cost.
    counted = told.order_by().aggregate(first=Min("period"))["first"]
    due = due_at and period_of(contract, day_of(due_at))
    return min(each for each in (first, due, counted) if each is not None)


def _broken(at: datetime) -> QuerySet[ClockRow]:
    late = Q(met_at=None, due_at__lte=at) | Q(met_at__gt=F("due_at"))
    return ClockRow.objects.filter(late).order_by()


def _tickets(contract: Contract) -> QuerySet[Ticket]:
    """Give all that can have been the contract's when they fell due."""
    counted = Penalty.objects.filter(contract=contract).order_by().values("promise")
    return Ticket.objects.filter(Q(company=contract.company_id) | Q(promise__in=counted))


def _morning(day: date) -> datetime:
    # A day more: where the desk is it may be later than in Greenwich.
    return datetime.combine(day, time(), tzinfo=UTC) - DAY


def _until(contract: Contract, at: datetime) -> datetime:
    """Give the instant beyond which nothing more becomes due: now, or the contract's end."""
    if contract.until_on is None:
        return at
    return min(at, make_aware(datetime.combine(contract.until_on, time())))


def _decided(entries: Mapping[int, Sequence[Entry]]) -> Mapping[int, list[Decision]]:
    """Read what was decided about each ticket, in the order of its journal."""
    told = {
        ticket: [each.data["decision_id"] for each in found if each.kind == CoverageDecided.kind]
        for ticket, found in entries.items()
    }
    known = Decision.objects.in_bulk([number for found in told.values() for number in found])
    return {
        ticket: [known[number] for number in found if number in known]
        for ticket, found in told.items()
    }


def _stood(decided: Sequence[Decision], due_at: datetime) -> Decision | None:
    """Give the decision that held when it fell due; the first one holds from the beginning."""
    before = [each for each in decided if each.at <= due_at]
    return next(iter([*reversed(before), *decided]), None)


def _late(
    ticket: Ticket, clock: Clock, stops: Sequence[Stop], *, at: datetime, until: datetime
) -> Late | None:
    if clock.due_at is None or not clock.is_missed(at):
        return None
    late_for = _worked(clock, until) - clock.target.work
    return Late(
        promise=ticket.promise_id or 0,
        goal=clock.goal.value,
        number=clock.number,
        on=day_of(clock.due_at),
        late_for=max(late_for, NOTHING),
        excuse=_excuse(clock, late_for, stops, at=until),
    )


def _worked(clock: Clock, until: datetime, *, only: Stage | None = None) -> timedelta:
    """Measure the time that counted until an instant, in one stage or in all."""
    found = NOTHING
    for piece in clock.pieces:
        if not piece.counts or (only is not None and piece.stage is not only):
            continue
        if piece.end is not None and piece.end <= until:
            found += piece.worked
        elif piece.terms is not None and piece.start < until:
            found += piece.terms.measure.between(piece.start, until)
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
