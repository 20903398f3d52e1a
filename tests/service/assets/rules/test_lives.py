"""Lives and histories: against a slow count of the same, and against worked examples."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambidesk.service.assets.rules.histories import (
    YEAR_DAYS,
    History,
    Window,
    bands_of,
    by_age,
    exposure,
    first_life,
    gaps,
    total,
)
from ambidesk.service.assets.rules.lives import Life, expected_life, median_life, survival

DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
BANDS = bands_of((0, 1, 2, 5, 10))
LIVES = st.lists(
    st.builds(
        lambda start, length, failed: Life(start=start, end=start + length, failed=failed),
        st.integers(0, 20).map(float),
        st.integers(1, 30).map(float),
        st.booleans(),
    ),
    max_size=40,
)


@st.composite
def histories(draw: st.DrawFn) -> History:
    began = draw(DAYS)
    known = began + timedelta(days=draw(st.integers(0, 2000)))
    ended = draw(st.none() | st.integers(0, 4000).map(lambda days: known + timedelta(days=days)))
    return History(
        asset=1,
        began=began,
        known=known,
        ended=ended,
        failures=tuple(sorted(draw(st.lists(DAYS, max_size=8)))),
    )


@st.composite
def windows(draw: st.DrawFn) -> Window:
    since = draw(DAYS)
    return Window(since=since, until=since + timedelta(days=draw(st.integers(0, 6000))))


@settings(deadline=None)
@given(LIVES)
def test_the_share_that_works_is_that_of_a_slow_count(lives: list[Life]) -> None:
    share = 1.0
    for step in survival(lives):
        risk = [each for each in lives if (each.start < step.age or not each.start)]
        risk = [each for each in risk if each.end >= step.age]
        failed = [each for each in risk if each.end == step.age and each.failed]
        share *= 1 - len(failed) / len(risk)
        assert (step.at_risk, step.failed) == (len(risk), len(failed))
        assert step.working.value == pytest.approx(share, abs=1e-12)
        assert 0 <= step.working.low <= step.working.value <= step.working.high <= 1


@settings(deadline=None)
@given(st.lists(st.integers(1, 50), min_size=1, max_size=40))
def test_where_all_were_seen_to_fail_the_curve_is_the_plain_share(ends: list[int]) -> None:
    steps = survival([Life(end=float(end), failed=True) for end in ends])
    for step in steps:
        plain = sum(end > step.age for end in ends) / len(ends)
        assert step.working.value == pytest.approx(plain, abs=1e-9)
    mean = sum(ends) / len(ends)
    assert expected_life(steps, until=1000.0) == pytest.approx(mean)


@settings(deadline=None)
@given(LIVES)
def test_a_censored_life_never_makes_the_others_look_shorter(lives: list[Life]) -> None:
    fresh = [Life(end=life.end, failed=life.failed) for life in lives]
    longer = [*fresh, Life(end=1000.0, failed=False)]
    before, after = survival(fresh), survival(longer)
    for one, other in zip(before, after, strict=True):
        assert other.working.value >= one.working.value


def test_the_remission_times_of_a_textbook() -> None:
    # Freireich and others (1963), 6-MP: the shares after 6, 7, 10, 13, 16, 22, 23 weeks.
    failed = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    lives = [Life(end=float(end), failed=True) for end in failed]
    lives += [Life(end=float(end), failed=False) for end in censored]
    steps = survival(lives)
    shares = [round(step.working.value, 4) for step in steps]
    assert shares == [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert (steps[0].working.low, steps[0].working.high) == pytest.approx(
        (0.6197, 0.9516), abs=1e-4
    )
    median = median_life(steps)
    assert (median.value, median.low) == (23, 13)
    assert math.isinf(median.high)


@settings(deadline=None)
@given(st.lists(histories(), max_size=6), windows())
def test_bands_of_age_together_are_the_whole(rows: list[History], window: Window) -> None:
    bands = by_age(rows, window, bands=BANDS)
    whole = total(rows, window)
    assert sum(each.events for each in bands.values()) == whole.events
    assert math.fsum(each.time for each in bands.values()) == pytest.approx(whole.time)


@settings(deadline=None)
@given(histories(), windows(), st.integers(0, 6000))
def test_a_window_cut_in_two_holds_the_same(history: History, window: Window, after: int) -> None:
    middle = min(window.since + timedelta(days=after), window.until)
    first = exposure(history, Window(since=window.since, until=middle))
    second = exposure(history, Window(since=middle, until=window.until))
    whole = exposure(history, window)
    assert first.events + second.events == whole.events
    assert first.time + second.time == pytest.approx(whole.time)


@settings(deadline=None)
@given(histories(), windows())
def test_gaps_together_are_the_time_watched(history: History, window: Window) -> None:
    lives = list(gaps(history, window))
    seen = exposure(history, window)
    assert sum(life.end for life in lives) == pytest.approx(seen.time * YEAR_DAYS)
    assert [life.failed for life in lives] == [True] * seen.events + [False]


@settings(deadline=None)
@given(histories(), windows())
def test_a_first_life_ends_at_the_first_failure_seen(history: History, window: Window) -> None:
    life = first_life(history, window)
    assert life.failed == (exposure(history, window).events > 0)
    assert life.end >= life.start


def test_who_was_there_before_we_knew_it_counts_from_when_we_did() -> None:
    history = History(
        asset=1,
        began=date(2010, 1, 1),
        known=date(2020, 1, 1),
        ended=None,
        failures=(date(2015, 1, 1), date(2020, 7, 1)),
    )
    window = Window(since=date(2000, 1, 1), until=date(2021, 1, 1))
    assert exposure(history, window).events == 1
    assert exposure(history, window).time == pytest.approx(366 / YEAR_DAYS)
    life = first_life(history, window)
    assert (life.start, life.failed) == (3652, True)
