"""Rates: against the definition of an exact interval, and against themselves."""

import math
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambidesk.service.assets.rules.quantiles import (
    beta_quantile,
    beta_share,
    chi_squared_quantile,
    gamma_share,
    t_quantile,
)
from ambidesk.service.assets.rules.rates import (
    Exposure,
    failure_rate,
    rate_ratio,
    time_between_failures,
)

EVENTS = st.integers(0, 400)
TIMES = st.floats(0.01, 1e5)
LEVELS = st.sampled_from([0.8, 0.9, 0.95, 0.99])


def at_most(events: int, mean: float) -> float:
    """Sum a Poisson distribution from nothing to so many."""
    if events < 0:
        return 0.0
    return math.fsum(
        math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(events + 1)
    )


@settings(deadline=None)
@given(EVENTS, TIMES, LEVELS)
def test_the_ends_of_the_interval_are_those_at_which_the_count_would_just_be_odd(
    events: int, time: float, level: float
) -> None:
    rate = failure_rate(Exposure(events=events, time=time), level=level)
    tail = (1 - level) / 2
    assert rate.low <= rate.value <= rate.high
    assert at_most(events, rate.high * time) == pytest.approx(tail, rel=1e-6)
    if events:
        assert 1 - at_most(events - 1, rate.low * time) == pytest.approx(tail, rel=1e-6)
    else:
        assert rate.low == 0


@settings(deadline=None)
@given(EVENTS, TIMES, LEVELS)
def test_the_time_between_failures_is_the_rate_the_other_way_round(
    events: int, time: float, level: float
) -> None:
    seen = Exposure(events=events, time=time)
    rate, between = failure_rate(seen, level=level), time_between_failures(seen, level=level)
    assert between.low * rate.high == pytest.approx(1)
    if events:
        assert between.value == pytest.approx(time / events)
        assert between.high * rate.low == pytest.approx(1)
    else:
        assert math.isinf(between.value)
        assert math.isinf(between.high)


@settings(deadline=None)
@given(EVENTS, TIMES, st.floats(1.01, 100))
def test_more_time_gives_a_narrower_interval(events: int, time: float, factor: float) -> None:
    few = failure_rate(Exposure(events=events, time=time))
    many = failure_rate(Exposure(events=events, time=time * factor))
    assert many.high - many.low < few.high - few.low


@settings(deadline=None)
@given(EVENTS, TIMES, EVENTS, TIMES)
def test_a_ratio_turned_round_is_the_ratio_of_the_other_one(
    one: int, time: float, other: int, rest: float
) -> None:
    left, right = Exposure(events=one, time=time), Exposure(events=other, time=rest)
    there, back = rate_ratio(left, right), rate_ratio(right, left)
    assert there.low <= there.value <= there.high
    if one and other:
        assert there.value * back.value == pytest.approx(1)
        assert there.low * back.high == pytest.approx(1, rel=1e-6)
        assert there.high * back.low == pytest.approx(1, rel=1e-6)


def test_a_textbook_interval_of_a_count() -> None:
    # Garwood's table: 10 events have the 95 % limits 4.795 and 18.390.
    rate = failure_rate(Exposure(events=10, time=1))
    assert (rate.low, rate.high) == pytest.approx((4.795, 18.390), abs=1e-3)


def test_nothing_is_known_without_time() -> None:
    rate = failure_rate(Exposure(events=0, time=0))
    assert (rate.value, rate.low) == (0, 0)
    assert math.isinf(rate.high)
    assert not rate.excludes(1000)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    chance, truth, held = Random(7), 3.0, 0  # noqa: S311 a played past, no secret
    for _ in range(600):
        events, passed = 0, chance.expovariate(truth)
        while passed < 2:
            events, passed = events + 1, passed + chance.expovariate(truth)
        held += not failure_rate(Exposure(events=events, time=2.0)).excludes(truth)
    assert held / 600 >= 0.95


@pytest.mark.parametrize(
    "share, degrees, value",
    [(0.95, 1, 3.8415), (0.975, 10, 20.4832), (0.025, 10, 3.2470), (0.5, 100, 99.3341)],
)
def test_chi_squared_is_that_of_the_tables(share: float, degrees: float, value: float) -> None:
    assert chi_squared_quantile(share, degrees) == pytest.approx(value, abs=5e-5)


@pytest.mark.parametrize(
    "share, degrees, value",
    [(0.975, 1, 12.7062), (0.975, 5, 2.5706), (0.95, 30, 1.6973), (0.025, 5, -2.5706)],
)
def test_t_is_that_of_the_tables(share: float, degrees: float, value: float) -> None:
    assert t_quantile(share, degrees) == pytest.approx(value, abs=5e-5)


@settings(deadline=None)
@given(st.floats(0.01, 0.99), st.integers(1, 60), st.integers(1, 60))
def test_beta_with_whole_numbers_is_a_sum_of_a_binomial(x: float, one: int, other: int) -> None:
    trials = one + other - 1
    binomial = math.fsum(
        math.comb(trials, k) * x**k * (1 - x) ** (trials - k) for k in range(one, trials + 1)
    )
    assert beta_share(x, one=one, other=other) == pytest.approx(binomial, rel=1e-9, abs=1e-12)


@settings(deadline=None)
@given(st.floats(0.001, 0.999), st.integers(1, 300), st.integers(1, 300))
def test_a_quantile_gives_back_its_share(share: float, one: int, other: int) -> None:
    assert beta_share(
        beta_quantile(share, one=one, other=other), one=one, other=other
    ) == pytest.approx(share)
    assert gamma_share(one, chi_squared_quantile(share, 2 * one) / 2) == pytest.approx(share)
