"""Periods are half-open: neighbours touch and share nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ambidesk.ground.kernel.period import EndsBeforeItBegins, Period

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 30).map(lambda days: FIRST + timedelta(days=days))
ENDS = st.none() | DAYS


@st.composite
def periods(draw: st.DrawFn) -> Period[date]:
    start, until = draw(ENDS), draw(ENDS)
    assume(start is None or until is None or start < until)
    return Period(start, until)


@given(periods(), periods(), DAYS)
def test_what_is_common_belongs_to_both(one: Period[date], other: Period[date], day: date) -> None:
    common = one.common(other)
    assert (day in one and day in other) == (common is not None and day in common)
    assert one.overlaps(other) == other.overlaps(one) == (common is not None)
    assert common == other.common(one)


@given(periods(), DAYS, DAYS)
def test_an_end_leaves_only_what_was_before_it(period: Period[date], end: date, day: date) -> None:
    assume(period.start is None or period.start < end)
    assert (day in period.ended(end)) == (day in period and day < end)


@given(DAYS)
def test_neighbours_share_nothing(border: date) -> None:
    before, after = Period(None, border), Period(border, None)
    assert not before.overlaps(after)
    assert (border in before, border in after) == (False, True)


def test_a_period_is_never_empty() -> None:
    for until in (FIRST, FIRST - timedelta(days=1)):
        with pytest.raises(EndsBeforeItBegins):
            Period(FIRST, until)
    with pytest.raises(EndsBeforeItBegins):
        Period(FIRST).ended(FIRST)


def test_instants_are_compared_across_zones() -> None:
    period = Period(datetime(2026, 1, 1, 9, tzinfo=UTC), datetime(2026, 1, 1, 10, tzinfo=UTC))
    assert datetime.fromisoformat("2026-01-01T12:30+03:00") in period
    assert datetime.fromisoformat("2026-01-01T13:00+03:00") not in period


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError, match="zone"):
        Period(datetime(2026, 1, 1))  # noqa: DTZ001 the very thing
