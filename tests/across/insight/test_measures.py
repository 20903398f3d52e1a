"""What is read from sums: the net of those who recommend us, and the mean of how easy it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.across.insight.rules.facts import FactKind
from ambidesk.across.insight.rules.measures import Measure, Tally, together, value_of

MARKS = st.lists(st.integers(0, 10), min_size=1, max_size=60)


def tallied(kind: FactKind, marks: list[int]) -> dict[FactKind, Tally]:
    steps = {mark: marks.count(mark) for mark in set(marks)}
    return {kind: Tally(number=len(marks), total=sum(marks), steps=steps)}


@pytest.mark.parametrize(
    "marks, net",
    [([10, 9, 8, 7], 0.5), ([0, 6, 10], -1 / 3), ([7, 8], 0.0), ([6], -1.0), ([9], 1.0)],
)
def test_the_net_is_who_recommends_us_less_who_does_not(marks: list[int], net: float) -> None:
    assert value_of(Measure.NPS, tallied(FactKind.NPS, marks)) == pytest.approx(net)


@given(marks=MARKS)
def test_the_net_lies_between_all_against_and_all_for(marks: list[int]) -> None:
    net = value_of(Measure.NPS, tallied(FactKind.NPS, marks))
    assert net is not None
    assert -1 <= net <= 1


@given(one=MARKS, other=MARKS)
def test_the_net_of_days_is_that_of_all_their_marks(one: list[int], other: list[int]) -> None:
    days = together([tallied(FactKind.NPS, one), tallied(FactKind.NPS, other)])
    assert value_of(Measure.NPS, days) == value_of(
        Measure.NPS, tallied(FactKind.NPS, [*one, *other])
    )


def test_the_effort_is_the_mean_mark_and_nothing_of_nobody() -> None:
    assert value_of(Measure.CES, tallied(FactKind.CES, [7, 4])) == pytest.approx(5.5)
    assert value_of(Measure.CES, {}) is None
    assert value_of(Measure.NPS, {}) is None
