"""Tickets of clients with contracts, and what is put down on them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db.models import Sum

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.charges.models import Charge
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.models import Contract, Package
from ambidesk.service.contracts.packaging import balances
from ambidesk.service.contracts.said import LineSaid, PriceSaid
from ambidesk.support.coverage.settling import settle
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.following import KINDS, follow
from ambidesk.support.works.models import (
    CountedKind,
    Expense,
    ExpenseKind,
    PartUse,
    UnitUse,
    WorkLog,
)
from ambidesk.support.works.putting import Of
from ambidesk.support.works.telling import Part, log_work, spend, use_part, use_units
from tests.cast import Cast
from tests.service.contracts import agreements

HOURLY = PriceSaid(clause="7.1", price=Decimal(1000), night=Decimal(2))
Make = Callable[..., Ticket]


def maker(cast: Cast) -> Make:
    """Give what makes a ticket of a client whose contract has these lines and prices."""

    def made(*lines: LineSaid, package: dict[str, object] | None = None, **said: object) -> Ticket:
        chain = agreements.company(f"Chain {uuid4()}")
        contract = agreements.contract(chain, cast.at)
        kept = agreements.package(contract, cast.at, **package) if package is not None else None
        given = lines or (LineSaid(clause="2.1", package=kept),)
        agreements.draft(contract, cast.at, *given, **({"prices": (HOURLY,)} | said))
        activate(contract, by=SYSTEM, at=cast.at)
        return ticket_of(chain, cast)

    return made


def ticket_of(company: Any, cast: Cast) -> Ticket:
    """A ticket of a company, decided about."""
    ticket = cast.ticket()
    attribute(ticket, company=company, by=SYSTEM, at=cast.at)
    settle([ticket.pk], by=SYSTEM, at=cast.at)
    return Ticket.objects.get(pk=ticket.pk)


def worked(cast: Cast, ticket: Ticket, minutes: int, **said: object) -> WorkLog:
    """Put time down."""
    of = Of(key=uuid4(), day=cast.at.date(), ticket=ticket)
    return log_work(of, member=cast.olga, minutes=minutes, by=SYSTEM, at=cast.at, **said)  # type: ignore[arg-type]


def visited(cast: Cast, ticket: Ticket, quantity: int) -> UnitUse:
    """Put visits down."""
    of = Of(key=uuid4(), day=cast.at.date(), ticket=ticket)
    count = Decimal(quantity)
    return use_units(
        of, member=cast.olga, unit=CountedKind.VISITS, quantity=count, by=SYSTEM, at=cast.at
    )


def spent(cast: Cast, ticket: Ticket, kind: ExpenseKind, cost: int) -> Expense:
    """Put an expense down."""
    of = Of(key=uuid4(), day=cast.at.date(), ticket=ticket)
    return spend(of, kind=kind, cost=Money(Decimal(cost), "RUB"), by=SYSTEM, at=cast.at)


def replaced(cast: Cast, ticket: Ticket, cost: int, *, quantity: int = 1) -> PartUse:
    """Put parts down; the cost is of all of them."""
    of = Of(key=uuid4(), day=cast.at.date(), ticket=ticket)
    part = Part(name="Fan", quantity=Decimal(quantity), cost=Money(Decimal(cost), "RUB"))
    return use_part(of, part, by=SYSTEM, at=cast.at)


def left(ticket: Ticket, cast: Cast) -> Decimal:
    """What the client's package has."""
    rows = list(Package.objects.filter(contract__company=ticket.company_id))
    found = balances(rows, on=cast.at.date())[rows[0].pk]
    assert found is not None
    return found.left


def charged(ticket: Ticket) -> dict[str, Decimal]:
    """What the ticket costs, by why."""
    rows = Charge.objects.filter(coverage=ticket.coverage_id).order_by()
    return dict(rows.values_list("why").annotate(sum=Sum("amount")))


def to_pay(ticket: Ticket) -> dict[str, Decimal]:
    """What the ticket costs, without what sums up to nothing."""
    return {why: amount for why, amount in charged(ticket).items() if amount}


def followed(cast: Cast, *tickets: Ticket) -> None:
    """Let the subscriber read what happened, as its lane does."""
    contracts = Contract.objects.values_list("pk", flat=True)
    told = (
        journal.entries_of_many("ticket", [each.pk for each in tickets]),
        journal.entries_of_many("contract", list(contracts)),
    )
    entries = [
        entry
        for found in told
        for entries in found.values()
        for entry in entries
        if entry.kind in KINDS
    ]
    follow(entries, at=cast.at)
