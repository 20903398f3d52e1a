"""Packages as a fold over their ledger: periods, what is carried over, what may be overdrawn."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.service.contracts.rules.packages import (
    Every,
    Movement,
    Package,
    Unit,
    balance,
    take,
)

JANUARY = date(2026, 1, 31)
MONTHLY = Package(unit=Unit.HOURS, amount=Decimal(10), every=Every.MONTH, starts=JANUARY)


def _left(package: Package, *movements: Movement, on: date) -> Decimal:
    found = balance(package, movements, on=on)
    assert found is not None
    return found.left


def test_each_period_grants_its_amount_anew() -> None:
    spent = Movement(on=date(2026, 2, 3), drawn=Decimal(4))
    assert _left(MONTHLY, spent, on=date(2026, 2, 27)) == 6
    assert _left(MONTHLY, spent, on=date(2026, 3, 1)) == 10


def test_months_from_the_last_day_of_one_do_not_drift() -> None:
    found = balance(MONTHLY, [], on=date(2026, 4, 1))
    assert found is not None
    assert (found.starts, found.until) == (date(2026, 3, 31), date(2026, 4, 30))


def test_no_more_is_carried_over_than_was_agreed() -> None:
    carrying = Package(
        unit=Unit.HOURS, amount=Decimal(10), every=Every.MONTH, starts=JANUARY, carry=Decimal(3)
    )
    assert _left(carrying, on=date(2026, 3, 1)) == 13
    assert _left(carrying, on=date(2026, 12, 1)) == 13


def test_what_was_overdrawn_is_taken_from_the_next_period() -> None:
    package = Package(
        unit=Unit.HOURS, amount=Decimal(10), every=Every.MONTH, starts=JANUARY, overdraft=Decimal(2)
    )
    taken = take(package, [], on=JANUARY, wanted=Decimal(15))
    assert (taken.inside, taken.beyond) == (12, 3)
    assert _left(package, Movement(on=JANUARY, drawn=Decimal(12)), on=date(2026, 3, 1)) == 8


def test_outside_of_its_time_a_package_gives_nothing() -> None:
    assert balance(MONTHLY, [], on=date(2026, 1, 30)) is None
    assert take(MONTHLY, [], on=date(2026, 1, 30), wanted=Decimal(2)).beyond == 2


def test_visits_are_not_divided() -> None:
    package = Package(unit=Unit.VISITS, amount=Decimal("2.5"), every=Every.TERM, starts=JANUARY)
    assert take(package, [], on=JANUARY, wanted=Decimal(3)).inside == 2


AMOUNTS = st.decimals(0, 20, places=2)
PACKAGES = st.builds(
    Package,
    unit=st.sampled_from(Unit),
    amount=AMOUNTS,
    every=st.sampled_from(Every),
    starts=st.just(JANUARY),
    until=st.none() | st.just(date(2028, 6, 1)),
    carry=AMOUNTS,
    overdraft=AMOUNTS,
)
DAYS = st.integers(0, 800).map(lambda number: JANUARY + timedelta(days=number))
WISHES = st.lists(st.tuples(DAYS, AMOUNTS, st.booleans()), max_size=20)


@given(PACKAGES, WISHES)
def test_no_balance_ever_goes_below_what_may_be_overdrawn(
    package: Package, wishes: list[tuple[date, Decimal, bool]]
) -> None:
    ledger: list[Movement] = []
    for on, wanted, is_returned in wishes:
        taken = take(package, ledger, on=on, wanted=wanted)
        assert taken.inside + taken.beyond == wanted
        assert taken.inside >= 0
        ledger.append(Movement(on=on, drawn=taken.inside))
        if is_returned:
            ledger.append(Movement(on=on, drawn=-taken.inside))
    for number in range(0, 830, 7):
        found = balance(package, ledger, on=JANUARY + timedelta(days=number))
        assert found is None or found.left >= -package.overdraft


@given(PACKAGES, WISHES, st.randoms(use_true_random=False), DAYS)
def test_the_order_of_the_ledger_does_not_matter(
    package: Package, wishes: list[tuple[date, Decimal, bool]], chance: object, on: date
) -> None:
    ledger = [Movement(on=day, drawn=amount) for day, amount, _returned in wishes]
    mixed = list(ledger)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert balance(package, ledger, on=on) == balance(package, mixed, on=on)


@given(PACKAGES, AMOUNTS, DAYS)
def test_what_is_given_back_leaves_no_trace_in_the_balance(
    package: Package, wanted: Decimal, on: date
) -> None:
    taken = take(package, [], on=on, wanted=wanted).inside
    ledger = [Movement(on=on, drawn=taken), Movement(on=on, drawn=-taken)]
    last = date(2028, 5, 1)
    before, after = balance(package, [], on=last), balance(package, ledger, on=last)
    assert before == after
