"""Contracts of the demo's clients: hours bought beforehand, exclusions, an end, a debt."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from ambidesk.edge.commands.story.clients import CLIENTS
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.parties.companies.models import Company
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.models import Contract, Package
from ambidesk.service.contracts.owing import Owed, take_receivables
from ambidesk.service.contracts.packaging import PackageSaid, Source, draw, write_package
from ambidesk.service.contracts.said import (
    Details,
    LineSaid,
    PenaltySaid,
    PriceSaid,
    VersionSaid,
)
from ambidesk.service.contracts.writing import write_contract, write_draft

HALF = Decimal("1.5")
# In how many months each of the contracts ends, and whether its company owes.
ENDS = (9, 1, 14, 5)
FACTS = 6
TITLE = "Обслуживание оборудования"
FAR, CLOSED = "Дальний район", "Закрыт на ремонт"


def sign_contracts(*, at: datetime) -> None:
    """Give each client a contract in force, unless there are some already."""
    if Contract.objects.exists():
        return
    companies = {each.name: each for each in Company.objects.all()}
    for number, client in enumerate(CLIENTS):
        company = companies.get(client.name)
        if company is not None:
            _sign(company, number, at)


def _sign(company: Company, number: int, at: datetime) -> None:
    today = at.date()
    starts = today.replace(day=1) - relativedelta(months=7)
    details = Details(
        number=f"{number + 11}/{starts:%y}-С",
        title=TITLE,
        fee=Decimal(180_000 - 30_000 * number),
        starts_on=starts,
        until_on=today + relativedelta(months=ENDS[number]),
        renews_months=12 if number == 0 else 0,
        stop_days=30,
        stop_amount=Decimal(300_000),
    )
    contract = write_contract(None, details, company=company, by=TELLER, at=at)
    hours = _package(contract, number, at)
    write_draft(contract, _version(contract, hours), by=TELLER, at=at)
    activate(contract, by=TELLER, at=at)
    _use(hours, today, number, at)
    if number == 2:
        _owe(company, today, at)


def _package(contract: Contract, number: int, at: datetime) -> Package:
    said = PackageSaid(
        name="Часы мастера",
        unit="hours",
        amount=Decimal(40 - 5 * number),
        every="month",
        carry=Decimal(8),
        overdraft=Decimal(4),
        starts_on=contract.starts_on,
    )
    return write_package(contract, said, by=TELLER, at=at)


def _version(contract: Contract, hours: Package) -> VersionSaid:
    sites = list(contract.company.sites.order_by("pk")[:2])
    far = contract.company.territories.order_by("-path").first()
    return VersionSaid(
        starts_on=contract.starts_on,
        lines=[
            LineSaid(clause="2.1", package=hours),
            LineSaid(clause="2.2", territory=far, travel=50, words=FAR),
            LineSaid(clause="2.3", site=sites[0], parts=50, limit=Decimal(20_000)),
            LineSaid(clause="2.6", site=sites[1], covers=False, words=CLOSED),
        ],
        prices=[
            PriceSaid(
                clause="5.1",
                price=Decimal(1_800),
                step=Decimal("0.5"),
                least=Decimal(1),
                night=HALF,
                weekend=HALF,
                holiday=Decimal(2),
            ),
            PriceSaid(clause="5.2", basis="visit", price=Decimal(2_500)),
        ],
        penalties=[
            PenaltySaid(
                clause="7.1",
                goal="resolution",
                value=Decimal("0.5"),
                cap=Decimal(10),
                excuses=("client", "no_access"),
            )
        ],
    )


def _use(package: Package, today: date, number: int, at: datetime) -> None:
    for fact in range(FACTS):
        source = Source(kind="story", id=number * FACTS + fact + 1)
        on = today.replace(day=1) if fact % 2 else today - timedelta(days=35 - fact)
        draw(package, Decimal(3 + fact), on=on, source=source, by=TELLER, at=at)


def _owe(company: Company, today: date, at: datetime) -> None:
    owed = [
        Owed(
            company=company,
            document=f"Акт {number}",
            due_on=today - timedelta(days=20 * number),
            amount=Decimal(190_000),
            open_amount=Decimal(190_000),
            currency="RUB",
        )
        for number in (1, 2, 3)
    ]
    take_receivables(owed, whole=True, by=TELLER, at=at, on=today)
