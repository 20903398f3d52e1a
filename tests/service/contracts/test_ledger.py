"""Packages of contracts: each fact draws once, the ledger only grows."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import Error, transaction

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.models import Package, PackageEntry
from ambidesk.service.contracts.packaging import (
    AlreadyReturned,
    NeedsAReason,
    PackageAgreed,
    PackageSaid,
    Source,
    adjust,
    balances,
    draw,
    give_back,
    write_package,
)
from ambidesk.service.contracts.said import LineSaid
from tests.service.contracts import agreements

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 2)


@pytest.fixture
def package(at: datetime) -> Package:
    """Ten hours a month of a contract in force, with an overdraft of two."""
    made = agreements.contract(agreements.company(), at)
    hours = agreements.package(made, at, overdraft=Decimal(2))
    agreements.draft(made, at, LineSaid(clause="4.2", package=hours))
    activate(made, by=SYSTEM, at=at)
    return Package.objects.select_related("contract").get()


def _draw(package: Package, hours: int, at: datetime, *, fact: int = 1) -> tuple[Decimal, Decimal]:
    source = Source(kind="worklog", id=fact)
    taken = draw(package, Decimal(hours), on=MARCH, source=source, by=SYSTEM, at=at)
    return taken.inside, taken.beyond


def _left(package: Package) -> Decimal:
    found = balances([package], on=MARCH)[package.pk]
    assert found is not None
    return found.left


def test_what_goes_beyond_package_and_overdraft_is_said_and_not_taken(
    package: Package, at: datetime
) -> None:
    assert _draw(package, 9, at) == (9, 0)
    assert _draw(package, 5, at, fact=2) == (3, 2)
    assert _left(package) == -2


def test_a_fact_told_twice_draws_once(package: Package, at: datetime) -> None:
    assert _draw(package, 4, at) == _draw(package, 4, at) == (4, 0)
    assert _left(package) == 6


def test_what_was_drawn_can_be_given_back_once(package: Package, at: datetime) -> None:
    _draw(package, 4, at)
    entry = PackageEntry.objects.get()
    give_back(entry, by=SYSTEM, at=at)
    assert _left(package) == 10
    with pytest.raises(AlreadyReturned):
        give_back(entry, by=SYSTEM, at=at)


def test_a_correction_says_why(package: Package, at: datetime) -> None:
    with pytest.raises(NeedsAReason):
        adjust(package, Decimal(-3), on=MARCH, words=" ", by=SYSTEM, at=at)
    adjust(package, Decimal(-3), on=MARCH, words="Goodwill", by=SYSTEM, at=at)
    assert _left(package) == 13


def test_the_ledger_only_grows(package: Package, at: datetime) -> None:
    _draw(package, 4, at)
    with pytest.raises(Error), transaction.atomic():
        PackageEntry.objects.update(drawn=Decimal(1))
    with pytest.raises(Error), transaction.atomic():
        PackageEntry.objects.all().delete()


def test_the_terms_of_an_agreed_package_stay(package: Package, at: datetime) -> None:
    said = PackageSaid(
        name="Hours", unit="hours", amount=Decimal(99), every="month", starts_on=MARCH
    )
    with pytest.raises(PackageAgreed):
        write_package(package.contract, said, package=package, by=SYSTEM, at=at)
    with pytest.raises(Error), transaction.atomic():
        Package.objects.update(amount=99)


def _again(package: Package, at: datetime, line: LineSaid) -> None:
    """Let another version hold from the middle of March on."""
    agreements.draft(package.contract, at, line, starts_on=date(2026, 3, 15))
    activate(package.contract, by=SYSTEM, at=at)


def test_a_package_in_the_place_of_another_grants_nothing_twice_in_the_period(
    package: Package, at: datetime
) -> None:
    _draw(package, 4, at)
    more = agreements.package(package.contract, at, name="More", amount=Decimal(12))
    _again(package, at, LineSaid(clause="4.2", package=more))
    for on, left in ((date(2026, 3, 20), 8), (date(2026, 4, 1), 12)):
        found = balances([more], on=on)[more.pk]
        assert found is not None
        assert found.left == left
    entry = PackageEntry.objects.get(package=more)
    assert (entry.kind, entry.drawn) == ("adjusted", 4)
    assert "Hours" in entry.words


def test_a_package_that_comes_later_carries_nothing_of_the_time_before_it(
    package: Package, at: datetime
) -> None:
    more = agreements.package(package.contract, at, name="More", carry=Decimal(5))
    shop = agreements.site(package.contract.company)
    agreements.draft(
        package.contract,
        at,
        LineSaid(clause="4.2", package=package),
        LineSaid(clause="4.3", site=shop, package=more),
        starts_on=date(2026, 3, 15),
    )
    activate(package.contract, by=SYSTEM, at=at)
    found = balances([more], on=date(2026, 3, 20))[more.pk]
    assert found is not None
    assert found.left == 10


def test_a_version_that_keeps_its_package_grants_it_once(package: Package, at: datetime) -> None:
    _draw(package, 4, at)
    _again(package, at, LineSaid(clause="4.2", package=package))
    assert _left(package) == 6
