"""A chain with shops and contracts for tests, made by the verbs."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.models import Company, Site
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.models import Contract, Package
from ambidesk.service.contracts.packaging import PackageSaid, write_package
from ambidesk.service.contracts.said import Details, LineSaid, VersionSaid
from ambidesk.service.contracts.writing import write_contract, write_draft

JANUARY = date(2026, 1, 1)
NEXT_JANUARY = date(2027, 1, 1)
ALL = LineSaid(clause="2.1")


def company(name: str = "North Star") -> Company:
    """A chain of shops."""
    return Company.objects.create(name=name, made_at=datetime(2025, 1, 1, tzinfo=UTC))


def site(of: Company, name: str = "Shop 17") -> Site:
    """One of its shops."""
    return Site.objects.create(company=of, name=name)


def contract(of: Company, at: datetime, **details: object) -> Contract:
    """A contract that is not in force yet."""
    said = Details(number="12/26", starts_on=JANUARY, until_on=NEXT_JANUARY)
    said = replace(said, **details)  # type: ignore[arg-type]
    return write_contract(None, said, company=of, by=SYSTEM, at=at)


def in_force(of: Company, at: datetime, *lines: LineSaid, **details: object) -> Contract:
    """A contract in force, with these lines or one that covers all."""
    made = contract(of, at, **details)
    draft(made, at, *lines)
    activate(made, by=SYSTEM, at=at)
    made.refresh_from_db()
    return made


def draft(of: Contract, at: datetime, *lines: LineSaid, **said: object) -> None:
    """The draft of its next version."""
    given = {"starts_on": of.starts_on, "lines": lines or (ALL,)} | said
    write_draft(of, VersionSaid(**given), by=SYSTEM, at=at)  # type: ignore[arg-type]


def package(of: Contract, at: datetime, **said: object) -> Package:
    """Ten hours a month."""
    given = {
        "name": "Hours",
        "unit": "hours",
        "amount": Decimal(10),
        "every": "month",
        "starts_on": of.starts_on,
    } | said
    return write_package(of, PackageSaid(**given), by=SYSTEM, at=at)  # type: ignore[arg-type]
