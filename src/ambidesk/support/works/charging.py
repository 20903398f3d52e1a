"""
Charging: what the facts of a client's ticket draw from a package, and what they cost them.

What is put down is charged by what the ticket is now; when that changes, or room comes back in a
package, all of the ticket is charged anew, in the order in which it was put down.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import get_default_timezone_name

from ambidesk.ground.calendars.reading import read
from ambidesk.ground.calendars.spec import CalendarSpec
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.charges.charging import charge, hold_coverages, take_back
from ambidesk.service.charges.rules.used import WORKING_WEEK, Cost, Kind, Used
from ambidesk.service.charges.sharing import Work
from ambidesk.service.contracts.keeping import Matter, decide_of
from ambidesk.service.contracts.models import Coverage
from ambidesk.service.contracts.packaging import Source
from ambidesk.service.contracts.rules.marking_up import OfCost
from ambidesk.service.contracts.rules.packages import Unit
from ambidesk.support.coverage.facts import BESIDE as OF_COVERAGE
from ambidesk.support.coverage.facts import facts_of
from ambidesk.support.coverage.settling import settle
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.models import Expense, ExpenseKind, PartUse, UnitUse, WorkLog

KINDS: dict[type[Any], str] = {
    WorkLog: "work_log",
    UnitUse: "unit_use",
    Expense: "expense",
    PartUse: "part_use",
}
# By which share of a contract's line an expense goes.
OF_EXPENSES = {
    ExpenseKind.TRAVEL: Kind.TRAVEL,
    ExpenseKind.CONTRACTOR: Kind.LABOUR,
    ExpenseKind.MATERIAL: Kind.PARTS,
    ExpenseKind.OTHER: Kind.PARTS,
}
BESIDE = (*OF_COVERAGE, "promise__calendar")


def charge_client(fact: Any, *, by: Actor, at: datetime) -> None:
    """Charge a new fact to the client of its ticket, or take back what it reverses."""
    if fact.ticket_id is None:
        return
    if fact.reverses_id is not None:
        kind = KINDS[type(fact)]
        number = Ticket.objects.filter(pk=fact.ticket_id).values_list("coverage", flat=True).get()
        source, instead = Source(kind=kind, id=fact.reverses_id), Source(kind=kind, id=fact.pk)
        take_back(source, instead=instead, coverage=number, by=by, at=at)
        # Another fact bears the price of the whole request now, or is within its limit.
        recharge([fact.ticket_id], by=by, at=at)
        return
    if not isinstance(fact, WorkLog | UnitUse) and not fact.cost:
        return
    ticket = _decided(fact.ticket_id, by=by, at=at)
    if ticket.coverage is not None:
        coverage = hold_coverages([ticket.coverage.pk])[ticket.coverage.pk]
        _charge(ticket, fact, coverage, by=by, at=at)


@transaction.atomic
def recharge(numbers: Collection[int], *, by: Actor, at: datetime) -> None:
    """Charge what was put down on tickets as they are now; what is right already stays."""
    waiting = {fact.ticket_id for fact in _standing(numbers)}
    if not waiting:
        return
    rows = Ticket.objects.select_related(*BESIDE).filter(pk__in=waiting)
    tickets = {row.pk: row for row in rows}
    held = hold_coverages([row.coverage_id for row in rows if row.coverage_id is not None])
    # Read once they are held: nothing is put down or taken back meanwhile.
    for fact in _standing(waiting):
        ticket = tickets[fact.ticket_id]
        coverage = held.get(ticket.coverage_id or 0) if ticket.company_id is not None else None
        if coverage is None:
            source = Source(kind=KINDS[type(fact)], id=fact.pk)
            take_back(source, instead=source, by=by, at=at)
        else:
            _charge(ticket, fact, coverage, by=by, at=at)


def _standing(numbers: Collection[int]) -> list[Any]:
    """Read what holds of what was put down, in its order."""
    found = [
        fact
        for model in KINDS
        for fact in model._default_manager.filter(  # noqa: SLF001 Django's public name
            ticket__in=numbers, reverses=None, reversal=None
        ).order_by()
    ]
    return sorted(found, key=lambda fact: (fact.at, KINDS[type(fact)], fact.pk))


def _charge(ticket: Ticket, fact: Any, coverage: Coverage, *, by: Actor, at: datetime) -> None:
    matter = Matter(
        key=ticket.pk,
        company=ticket.company_id or 0,
        facts=facts_of(ticket, on=fact.day),
        coverage=coverage,
    )
    decision = decide_of(matter, told_at=fact.at)
    if decision is None:
        return
    work = Work(
        source=Source(kind=KINDS[type(fact)], id=fact.pk),
        used=_used(fact),
        service=ticket.request_type_id,
        spec=_calendar(ticket),
    )
    charge(coverage, work, decision=decision, by=by, at=at)


def _decided(number: int, *, by: Actor, at: datetime) -> Ticket:
    """Read a ticket once it is decided what it is: works may be told before anybody looked."""
    rows = Ticket.objects.select_related(*BESIDE)
    ticket = rows.get(pk=number)
    if ticket.company_id is not None and ticket.coverage is None:
        settle([number], by=by, at=at)
        ticket = rows.get(pk=number)
    return ticket


def _used(fact: Any) -> Used | Cost:
    match fact:
        case WorkLog():
            return Used(unit=Unit.HOURS, on=fact.day, minutes=fact.minutes, began=fact.began_at)
        case UnitUse():
            return Used(unit=Unit(fact.unit), on=fact.day, quantity=fact.quantity)
    is_part = isinstance(fact, PartUse)
    return Cost(
        kind=Kind.PARTS if is_part else OF_EXPENSES[ExpenseKind(fact.kind)],
        of=OfCost.PARTS if is_part or fact.kind == ExpenseKind.MATERIAL else OfCost.COSTS,
        on=fact.day,
        amount=Money(fact.cost, fact.currency),
        **({"quantity": fact.quantity} if is_part else {}),
    )


def _calendar(ticket: Ticket) -> CalendarSpec:
    """Give the calendar of what was promised, for its zone and holidays; else the desk's zone."""
    version = ticket.promise.calendar if ticket.promise else None
    if version is None:
        return CalendarSpec(zone=get_default_timezone_name(), week=WORKING_WEEK)
    return read(version.spec)
