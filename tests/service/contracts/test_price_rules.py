"""Prices: hours by what the clock says, minimums and rounding; each line names its rule."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.calendars.spec import CalendarSpec, HolidayRule, Span
from ambidesk.ground.kernel.money import Money
from ambidesk.service.contracts.rules.pricing import (
    Basis,
    PriceRule,
    Why,
    less_covered,
    price_hours,
    price_quantity,
    rule_for,
    sum_of,
)
from ambidesk.service.contracts.rules.stretches import Hours, Night, divided

MOSCOW = ZoneInfo("Europe/Moscow")
OFFICE = (Span(9 * 60, 18 * 60),)
SPEC = CalendarSpec(
    zone="Europe/Moscow",
    week=(*[OFFICE] * 5, (), ()),
    holidays=HolidayRule(country="RU"),
)
FACTORS = {Hours.NIGHT: Decimal("1.5"), Hours.WEEKEND: Decimal(2), Hours.HOLIDAY: Decimal(3)}
HOUR = timedelta(hours=1)


def _rub(amount: int | str) -> Money:
    return Money(Decimal(amount), "RUB")


def _rule(**named: object) -> PriceRule:
    given = {"key": 1, "clause": "6.1", "basis": Basis.HOUR, "price": _rub(1000)} | named
    return PriceRule(**given)  # type: ignore[arg-type]


def _divided(start: datetime, until: datetime) -> dict[Hours, timedelta]:
    return divided(start, until, spec=SPEC, night=Night(), factors=FACTORS)


def test_an_evening_that_becomes_a_night_is_divided_at_ten() -> None:
    start = datetime(2026, 3, 10, 20, tzinfo=MOSCOW)
    found = _divided(start, start + 4 * HOUR)
    assert found == {Hours.ORDINARY: 2 * HOUR, Hours.NIGHT: 2 * HOUR}


def test_of_a_night_on_a_holiday_the_dearer_factor_counts() -> None:
    start = datetime(2026, 1, 7, 23, tzinfo=MOSCOW)
    assert _divided(start, start + HOUR) == {Hours.HOLIDAY: HOUR}


def test_a_saturday_is_a_weekend() -> None:
    start = datetime(2026, 3, 14, 12, tzinfo=MOSCOW)
    assert _divided(start, start + HOUR) == {Hours.WEEKEND: HOUR}


def test_each_kind_of_hours_is_a_line_with_its_factor() -> None:
    lines = price_hours(_rule(factors=FACTORS), {Hours.ORDINARY: 2 * HOUR, Hours.NIGHT: HOUR / 2})
    assert [(line.why, line.quantity, line.amount) for line in lines] == [
        (Why.ORDINARY, 2, _rub(2000)),
        (Why.NIGHT, Decimal("0.5"), _rub(750)),
    ]
    assert {line.clause for line in lines} == {"6.1"}


def test_time_is_rounded_up_to_the_step_and_to_the_least_time() -> None:
    rule = _rule(step=Decimal("0.5"), least=Decimal(2))
    lines = price_hours(rule, {Hours.ORDINARY: timedelta(minutes=50)})
    assert [line.why for line in lines] == [Why.ORDINARY, Why.ROUNDING, Why.MINIMUM]
    assert sum_of(lines, currency="RUB") == _rub(2000)


def test_the_least_amount_is_reached_by_a_line_of_its_own() -> None:
    lines = price_quantity(_rule(basis=Basis.VISIT, minimum=_rub(1500)), Decimal(1))
    assert [(line.why, line.amount) for line in lines] == [
        (Why.ORDINARY, _rub(1000)),
        (Why.MINIMUM, _rub(500)),
    ]


def test_a_fixed_price_is_the_same_whatever_was_done() -> None:
    lines = price_quantity(_rule(basis=Basis.FIXED), Decimal(17))
    assert sum_of(lines, currency="RUB") == _rub(1000)


def test_the_price_for_a_kind_of_request_goes_before_the_general_one() -> None:
    rules = [_rule(), _rule(key=2, clause="6.2", service=5)]
    chosen = rule_for(rules, basis=Basis.HOUR, service=5)
    assert chosen is not None
    assert chosen.clause == "6.2"
    assert rule_for(rules, basis=Basis.VISIT, service=5) is None


def test_a_price_of_the_whole_request_goes_before_one_of_each_entry_and_of_each_hour() -> None:
    rules = [
        _rule(),
        _rule(key=2, clause="6.2", basis=Basis.LINE),
        _rule(key=3, clause="6.3", basis=Basis.FIXED),
        _rule(key=4, clause="6.4", service=5),
    ]
    chosen = [rule_for(rules, basis=Basis.HOUR, service=service) for service in (None, 5)]
    assert [each and each.clause for each in chosen] == ["6.3", "6.4"]


def test_what_is_covered_is_taken_off_in_a_line_of_its_own() -> None:
    lines = less_covered(price_quantity(_rule(basis=Basis.UNIT), Decimal(3)), share=50)
    assert [(line.why, line.amount) for line in lines] == [
        (Why.ORDINARY, _rub(3000)),
        (Why.COVERED, _rub(-1500)),
    ]


STARTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)).map(  # noqa: DTZ001 zone follows
    lambda at: at.replace(tzinfo=UTC)
)
LENGTHS = st.timedeltas(timedelta(0), timedelta(days=9))
ZONES = st.sampled_from(["Europe/Moscow", "Europe/Berlin", "America/New_York"])
NIGHTS = st.builds(Night, starts=st.integers(0, 1439), until=st.integers(0, 1439))


@given(STARTS, LENGTHS, ZONES, NIGHTS)
def test_no_minute_is_lost_or_counted_twice(
    start: datetime, length: timedelta, zone: str, night: Night
) -> None:
    spec = CalendarSpec(zone=zone, week=SPEC.week, holidays=SPEC.holidays)
    found = divided(start, start + length, spec=spec, night=night, factors=FACTORS)
    assert sum(found.values(), start=timedelta()) == length


@given(STARTS, LENGTHS, st.decimals(0, 1, places=2, allow_nan=False))
def test_work_divided_in_two_is_worth_the_same_hours(
    start: datetime, length: timedelta, part: Decimal
) -> None:
    middle = start + length * float(part)
    whole = _divided(start, start + length)
    one, other = _divided(start, middle), _divided(middle, start + length)
    assert {
        hours: one.get(hours, timedelta()) + other.get(hours, timedelta())
        for hours in {*one, *other}
    } == whole


@given(
    st.dictionaries(st.sampled_from(Hours), LENGTHS),
    st.sampled_from([Decimal(0), Decimal("0.25"), Decimal(1)]),
    st.decimals(0, 8, places=1),
    st.none() | st.integers(0, 9000).map(_rub),
)
def test_a_bill_is_the_sum_of_its_lines_and_never_below_the_minimum(
    worked: dict[Hours, timedelta], step: Decimal, least: Decimal, minimum: Money | None
) -> None:
    rule = _rule(step=step, least=least, minimum=minimum, factors=FACTORS)
    lines = price_hours(rule, worked)
    amount = sum_of(lines, currency="RUB")
    assert all(line.rule == rule.key and line.clause and line.amount >= _rub(0) for line in lines)
    if any(length for length in worked.values()):
        assert minimum is None or amount >= minimum
        assert amount >= _rub(1000).times(least) - _rub(1)
    else:
        assert lines == []
