"""Sums of facts: figures change by differences and come out as if counted anew."""

from datetime import UTC, datetime, timedelta
from statistics import quantiles
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from ambidesk.across.insight.rules.facts import APART, Fact, FactKind, Place
from ambidesk.across.insight.rules.sums import (
    Sum,
    bucket_of,
    difference,
    quantile,
    summed,
    within,
)

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Moscow")
FACTS = st.builds(
    Fact,
    kind=st.sampled_from([kind for kind in FactKind if kind not in APART]),
    at=st.integers(0, 5_000_000).map(lambda seconds: START + timedelta(seconds=seconds)),
    place=st.builds(
        Place,
        brand=st.integers(1, 2),
        team=st.none() | st.integers(1, 2),
        channel=st.none() | st.integers(1, 2),
        member=st.none() | st.integers(1, 3),
    ),
    value=st.integers(0, 300),
    flag=st.booleans(),
)


@settings(deadline=None)
@given(st.lists(FACTS, max_size=20), st.lists(FACTS, max_size=20))
def test_adding_the_difference_gives_the_new_sums(old: list[Fact], new: list[Fact]) -> None:
    before, after = summed(old, zone=ZONE), summed(new, zone=ZONE)
    cells = dict(before)
    for cell, change in difference(before, after).items():
        cells[cell] = cells.get(cell, Sum()) + change
    assert {cell: each for cell, each in cells.items() if each} == after


@settings(deadline=None)
@given(st.lists(FACTS, max_size=30))
def test_nothing_is_lost_in_a_sum(facts: list[Fact]) -> None:
    sums = summed(facts, zone=ZONE).values()
    assert sum(each.number for each in sums) == len(facts)
    assert sum(each.total for each in sums) == sum(fact.value for fact in facts)
    assert sum(each.flagged for each in sums) == sum(fact.flag for fact in facts)


@settings(deadline=None)
@given(st.integers(1, 10**8), st.floats(0, 1))
def test_a_time_is_at_most_a_tenth_away_from_anything_in_its_step(
    seconds: int, share: float
) -> None:
    assert abs(within(bucket_of(seconds), share) - seconds) <= seconds / 10 + 1e-6


@settings(deadline=None)
@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_longer_times_are_in_later_steps(one: int, other: int) -> None:
    if one <= other:
        assert bucket_of(one) <= bucket_of(other)


@settings(deadline=None)
@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=60))
def test_a_median_of_sums_is_near_the_median_of_times(times: list[int]) -> None:
    numbers: dict[int, int] = {}
    for each in times:
        numbers[bucket_of(each)] = numbers.get(bucket_of(each), 0) + 1
    found = quantile(numbers, 0.5)
    exact = sorted(times)[(len(times) - 1) // 2]
    assert found is not None
    assert abs(found - exact) <= exact / 10 + 1e-6


def test_there_is_no_median_of_nothing() -> None:
    assert quantile({}, 0.5) is None
    assert quantiles([1, 2, 3])


def test_a_day_is_one_of_the_desk() -> None:
    late = Fact(
        kind=FactKind.OPENED, at=datetime(2026, 3, 2, 22, 30, tzinfo=UTC), place=Place(brand=1)
    )
    (cell,) = summed([late], zone=ZONE)
    assert cell.day.isoformat() == "2026-03-03"
