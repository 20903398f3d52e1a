"""
Breaching: broken promises of a contract's tickets, folded from their journal.

A breach is the contract's that was decided on when it fell due, and grows until it is mended or
that ends. What broke only because the client or a stop for debts was waited for, says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.timezone import make_aware

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.journal import Entry
from ambidesk.service.charges.models import Penalty
from ambidesk.service.charges.penalising import Late
from ambidesk.service.contracts.models import BlockedKind, Contract, Decision, Stop, StopFor
from ambidesk.service.contracts.models.line import Excuse
from ambidesk.service.sla.models import Clock as ClockRow
from ambidesk.service.sla.rules.clocks import NOTHING, Clock
from ambidesk.service.sla.rules.facts import Stage
from ambidesk.support.coverage.events import CoverageDecided
from ambidesk.support.promises.settling import clocks_of
from ambidesk.support.tickets.models import Ticket

DAY = timedelta(days=1)
AT_ONCE = 200


def lates_of(contract: Contract, *, since: date, at: datetime) -> Iterator[Late]:
    """Fold the journals of the contract's tickets whose promises fell due since a day."""
    late_ones = broken(at).filter(due_at__gte=morning_of(since))
    tickets = list(
        tickets_of(contract).filter(promise__in=late_ones.values("promise")).order_by("pk")
    )
    stops = stops_of(contract)
    for place in range(0, len(tickets), AT_ONCE):
        part = tickets[place : place + AT_ONCE]
        entries = journal.entries_of_many("ticket", [each.pk for each in part])
        decided = decisions_of(entries)
        for ticket in part:
            for clock in clocks_of(ticket, entries[ticket.pk]):
                promise = ticket.promise_id or 0
                late = late_of(promise, clock, stops=stops, at=at, until=end_of(contract, at))
                stood = clock.due_at and held_at(decided[ticket.pk], clock.due_at)
                if late and late.on >= since and stood and stood.contract_id == contract.pk:
                    yield late


def stops_of(contract: Contract) -> Sequence[Stop]:
    """Read when work for the contract was stopped for debts."""
    rows = Stop.objects.filter(contract=contract, why=StopFor.DEBT).order_by("set_at")
    return [each for each in rows if BlockedKind.CONTRACT in each.blocks]


def broken(at: datetime) -> QuerySet[ClockRow]:
    """Give all clocks that are late, or were when they were met."""
    late = Q(met_at=None, due_at__lte=at) | Q(met_at__gt=F("due_at"))
    return ClockRow.objects.filter(late).order_by()


def tickets_of(contract: Contract) -> QuerySet[Ticket]:
    """Give all that can have been the contract's when they fell due."""
    counted = Penalty.objects.filter(contract=contract).order_by().values("promise")
    return Ticket.objects.filter(Q(company=contract.company_id) | Q(promise__in=counted))


def morning_of(day: date) -> datetime:
    """Give an instant before a day begins anywhere that the desk may be."""
    # A day more: where the desk is it may be later than in Greenwich.
    return datetime.combine(day, time(), tzinfo=UTC) - DAY


def end_of(contract: Contract, at: datetime) -> datetime:
    """Give the instant beyond which nothing more becomes due: now, or the contract's end."""
    if contract.until_on is None:
        return at
    return min(at, make_aware(datetime.combine(contract.until_on, time())))


def decisions_of(entries: Mapping[int, Sequence[Entry]]) -> Mapping[int, list[Decision]]:
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


def held_at(decided: Sequence[Decision], due_at: datetime) -> Decision | None:
    """Give the decision that held when it fell due; the first one holds from the beginning."""
    before = [each for each in decided if each.at <= due_at]
    return next(iter([*reversed(before), *decided]), None)


def late_of(
    promise: int, clock: Clock, *, stops: Sequence[Stop], at: datetime, until: datetime
) -> Late | None:
    """Say how late a promise was, or is, counted until an instant."""
    if clock.due_at is None or not clock.is_missed(at):
        return None
    late_for = _worked(clock, until) - clock.target.work
    return Late(
        promise=promise,
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
