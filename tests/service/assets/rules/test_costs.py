"""Costs: against the plain formulas, and against what an interval promises."""

import math
from random import Random
from statistics import fmean, variance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambidesk.service.assets.rules.costs import Spent, cost_per_time, mean_cost

COSTS = st.floats(-1e4, 1e6)
SPENT = st.builds(lambda cost, time: Spent(cost=cost, time=time), COSTS, st.floats(0.01, 50))


@settings(deadline=None)
@given(st.lists(COSTS, min_size=2, max_size=50), st.floats(-1e5, 1e5))
def test_a_sum_added_to_each_repair_moves_the_whole_interval(
    costs: list[float], more: float
) -> None:
    before, after = mean_cost(costs), mean_cost([cost + more for cost in costs])
    assert after.value == pytest.approx(before.value + more, abs=1e-3)
    assert after.low == pytest.approx(before.low + more, abs=1e-2)
    assert after.high == pytest.approx(before.high + more, abs=1e-2)


@settings(deadline=None)
@given(st.lists(COSTS, min_size=2, max_size=50))
def test_the_interval_is_the_mean_and_its_error_on_both_sides(costs: list[float]) -> None:
    cost = mean_cost(costs)
    assert cost.value == pytest.approx(fmean(costs))
    assert cost.high - cost.value == pytest.approx(cost.value - cost.low, rel=1e-6, abs=1e-6)
    assert cost.high - cost.value >= 1.95 * math.sqrt(variance(costs) / len(costs)) - 1e-6


@settings(deadline=None)
@given(st.lists(SPENT, min_size=1, max_size=30))
def test_the_cost_of_a_year_is_all_costs_over_all_years(assets: list[Spent]) -> None:
    cost = cost_per_time(assets)
    sums = math.fsum(each.cost for each in assets) / math.fsum(each.time for each in assets)
    assert cost.value == pytest.approx(sums)
    assert cost.low <= cost.value <= cost.high


@settings(deadline=None)
@given(st.lists(COSTS, min_size=2, max_size=30))
def test_assets_watched_alike_are_a_plain_mean(costs: list[float]) -> None:
    ratio = cost_per_time([Spent(cost=cost, time=1.0) for cost in costs])
    plain = mean_cost(costs)
    for name in ("value", "low", "high"):
        assert getattr(ratio, name) == pytest.approx(getattr(plain, name), rel=1e-6, abs=1e-4)


def test_of_one_alone_nothing_is_known_about_the_spread() -> None:
    assert math.isinf(mean_cost([100.0]).high)
    assert math.isinf(cost_per_time([Spent(cost=5.0, time=1.0)]).high)
    assert mean_cost([]).value == 0


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    chance, held = Random(3), 0  # noqa: S311 a played sample, no secret
    for _ in range(500):
        held += not mean_cost([chance.gauss(900, 200) for _ in range(8)]).excludes(900)
    assert 0.93 <= held / 500 <= 0.97
