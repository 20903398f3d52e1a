"""Work falls apart into what a package gives and what goes beyond, and nothing gets lost."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.calendars.spec import CalendarSpec
from ambidesk.ground.kernel.money import Money
from ambidesk.service.charges.rules.used import WORKING_WEEK, Used, priced, working_week
from ambidesk.service.contracts.rules.packages import Unit
from ambidesk.service.contracts.rules.pricing import Basis, PriceRule, sum_of
from ambidesk.service.contracts.rules.stretches import Hours

MOSCOW = CalendarSpec(zone="Europe/Moscow", week=WORKING_WEEK)
FRIDAY = date(2026, 3, 6)
# 21:00 on Friday in Moscow.
EVENING = datetime(2026, 3, 6, 18, tzinfo=UTC)


def rule(**said: object) -> PriceRule:
    factors = {Hours.NIGHT: Decimal(2), Hours.WEEKEND: Decimal("1.5")}
    given = {"key": 1, "clause": "7.1", "basis": Basis.HOUR, "factors": factors}
    return PriceRule(**(given | {"price": Money(Decimal(1000), "RUB")} | said))  # type: ignore[arg-type]


def cost(used: Used, **said: object) -> Decimal:
    return sum_of(priced(rule(**said), used, spec=MOSCOW), currency="RUB").amount


def test_each_hour_has_its_own_factor() -> None:
    used = Used(unit=Unit.HOURS, on=FRIDAY, minutes=240, began=EVENING)
    # 21 to 22 ordinary, 22 to 1 at night, of which the last is of a Saturday.
    assert cost(used) == 1000 + 3 * 2000


def test_without_a_time_of_day_there_is_a_weekend_but_no_night() -> None:
    assert cost(Used(unit=Unit.HOURS, on=FRIDAY, minutes=120)) == 2000
    assert cost(Used(unit=Unit.HOURS, on=FRIDAY + timedelta(days=1), minutes=120)) == 3000


def test_a_weekend_is_one_though_the_service_never_sleeps() -> None:
    always = CalendarSpec(zone="UTC", week=(WORKING_WEEK[0],) * 7)
    assert working_week(always).week == WORKING_WEEK


def test_what_goes_beyond_is_the_end_of_the_work() -> None:
    used = Used(unit=Unit.HOURS, on=FRIDAY, minutes=120, began=EVENING)
    inside, beyond = used.split(Decimal(1))
    assert inside is not None
    assert beyond is not None
    assert (inside.minutes, beyond.minutes) == (60, 60)
    assert (cost(inside), cost(beyond)) == (1000, 2000)


def test_minimum_and_rounding_are_of_what_is_paid() -> None:
    used = Used(unit=Unit.HOURS, on=FRIDAY, minutes=70)
    assert cost(used, step=Decimal("0.5")) == 1500
    assert cost(used, minimum=Money(Decimal(3000), "RUB")) == 3000


@given(
    minutes=st.integers(1, 1440),
    inside=st.decimals(0, 24, places=2),
    began=st.one_of(
        st.none(), st.datetimes(timezones=st.just(UTC)).filter(lambda d: d.year > 1990)
    ),
)
def test_nothing_is_lost_and_nothing_is_there_twice(
    minutes: int, inside: Decimal, began: datetime | None
) -> None:
    used = Used(unit=Unit.HOURS, on=FRIDAY, minutes=minutes, began=began)
    parts = [each for each in used.split(inside) if each is not None]
    assert sum(each.minutes for each in parts) == minutes
    assert all(each.minutes >= 0 for each in parts)
    if began is None:
        assert sum(cost(each) for each in parts) <= cost(used) + Decimal("0.01")


@given(quantity=st.integers(1, 500), inside=st.integers(0, 600))
def test_visits_fall_apart_whole(quantity: int, inside: int) -> None:
    used = Used(unit=Unit.VISITS, on=FRIDAY, quantity=Decimal(quantity))
    parts = [each.quantity for each in used.split(Decimal(inside)) if each is not None]
    assert sum(parts) == quantity
