"""Reading what is in force: the same as row by row, in three questions however much there is."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.models import Company
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.models import Contract, Package, PackageEntry, Stop
from ambidesk.service.contracts.packaging import adjust, balances_of
from ambidesk.service.contracts.reading import in_force
from ambidesk.service.contracts.rules.deciding import Blocked
from ambidesk.service.contracts.rules.packages import Balance, Movement, balance
from ambidesk.service.contracts.said import LineSaid
from ambidesk.service.contracts.stopping import lift, stop
from tests.service.contracts import agreements

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 1)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def _agreed(company: Company, at: datetime, *names: str, **details: object) -> Contract:
    """A contract in force with packages of these names, one a clause."""
    made = agreements.contract(company, at, **details)
    every = [agreements.package(made, at, name=name) for name in names]
    lines = [LineSaid(clause=f"2.{n}", package=each) for n, each in enumerate(every)]
    agreements.draft(made, at, *(lines[:1] or (agreements.ALL,)))
    activate(made, by=SYSTEM, at=at)
    return made


def _contracts(company: Company, on: date) -> list[int]:
    return [each.contract for each in in_force([company.pk], on=on)[company.pk].versions]


def test_a_contract_ends_on_the_day_on_which_the_next_one_begins(at: datetime) -> None:
    chain, other = agreements.company(), agreements.company("Other")
    first = agreements.in_force(chain, at, number="1", until_on=JULY)
    second = agreements.in_force(chain, at, number="2", starts_on=JULY)
    agreements.in_force(other, at, number="3")
    for day, holds in (
        (agreements.JANUARY - DAY, []),
        (agreements.JANUARY, [first.pk]),
        (JULY - DAY, [first.pk]),
        (JULY, [second.pk]),
        (agreements.NEXT_JANUARY - DAY, [second.pk]),
        (agreements.NEXT_JANUARY, []),
    ):
        assert _contracts(chain, day) == holds, day


def test_a_contract_that_was_never_activated_holds_for_nobody(at: datetime) -> None:
    chain = agreements.company()
    agreements.draft(agreements.contract(chain, at), at)
    assert _contracts(chain, JULY) == []


def test_a_stop_counts_from_its_instant_until_that_of_its_lifting(at: datetime) -> None:
    chain, other = agreements.company(), agreements.company("Other")
    row = stop(chain, blocks=tuple(Blocked), words="Debts", by=SYSTEM, at=at)
    stop(other, blocks=tuple(Blocked), words="Debts", by=SYSTEM, at=at)

    def stopped(instant: datetime | None) -> list[int]:
        found = in_force([chain.pk], on=JULY, stopped_at=instant)[chain.pk]
        return [each.key for each in found.standing.stops]

    assert stopped(None) == [row.pk]
    lift(row, words="Paid", by=SYSTEM, at=at + HOUR)
    for instant, counts in (
        (at - HOUR, False),
        (at, True),
        (at + HOUR - timedelta(microseconds=1), True),
        (at + HOUR, False),
        (None, False),
    ):
        assert stopped(instant) == ([row.pk] if counts else []), instant


def test_it_is_read_in_three_questions_however_many_companies_and_packages(at: datetime) -> None:
    companies = [agreements.company(f"Company {n}") for n in range(4)]
    for each in companies:
        _agreed(each, at, "Hours", "Visits")
        stop(each, blocks=tuple(Blocked), words="Debts", by=SYSTEM, at=at)
    every = [each.pk for each in companies]
    # A version never changes: what it says is read once a process, in one question each.
    with CaptureQueriesContext(connection) as first:
        in_force(every, on=JULY)
    assert len(first) == 3 + len(companies)
    for asked in ([every[0]], every):
        with CaptureQueriesContext(connection) as again:
            found = in_force(asked, on=JULY)
        assert len(again) == 3
        assert set(found) == set(asked)
        assert all(len(each.versions) == len(each.standing.stops) == 1 for each in found.values())


def _by_rows(package: Package, on: date) -> Balance | None:
    rows = PackageEntry.objects.filter(package=package).values_list("on", "drawn")
    return balance(package.terms, [Movement(on=day, drawn=drawn) for day, drawn in rows], on=on)


@pytest.fixture
def packages(at: datetime) -> list[Package]:
    """Of two companies, granted by month and once, one ending before its contract."""
    chain, other = agreements.company(), agreements.company("Other")
    made = agreements.contract(chain, at, until_on=None)
    agreements.package(made, at, carry=Decimal(3), overdraft=Decimal(2))
    agreements.package(made, at, name="Once", every="term", until_on=JULY)
    agreements.package(agreements.contract(other, at), at, unit="visits", every="quarter")
    return list(Package.objects.select_related("contract").order_by("pk"))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=some.data())
def test_ledgers_that_are_folded_at_once_give_what_each_gives_alone(
    packages: list[Package], at: datetime, data: some.DataObject
) -> None:
    days = some.dates(agreements.JANUARY - DAY, agreements.NEXT_JANUARY + DAY)
    moved = some.tuples(some.sampled_from(packages), days, some.integers(-6, 6).filter(bool))
    entries = data.draw(some.lists(moved, max_size=8), label="entries")
    on = data.draw(days | some.sampled_from([agreements.JANUARY, JULY - DAY, JULY]), label="on")
    with transaction.atomic():
        for package, day, drawn in entries:
            adjust(package, Decimal(drawn), on=day, words="Counted", by=SYSTEM, at=at)
        assert balances_of([each.pk for each in packages], on=on) == {
            each.pk: _by_rows(each, on) for each in packages
        }
        transaction.set_rollback(True)


def test_a_stop_of_one_contract_is_told_with_it(at: datetime) -> None:
    chain = agreements.company()
    made = agreements.in_force(chain, at)
    stop(chain, contract=made, blocks=(Blocked.WARRANTY,), words="Debts", by=SYSTEM, at=at)
    (found,) = in_force([chain.pk], on=JULY)[chain.pk].standing.stops
    assert found.contract == made.pk
    assert list(found.blocks) == [Blocked.WARRANTY]
    assert Stop.objects.count() == 1
