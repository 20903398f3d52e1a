"""The score of a contractor: within bounds, never worse for work that went better."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.handovers.rules.score import Tally, score


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    """Any tally that can be."""
    done = draw(st.integers(0, 500))
    return Tally(
        done=done,
        on_time=draw(st.integers(0, done)),
        at_once=draw(st.integers(0, done)),
        declined=draw(st.integers(0, 500)),
    )


@given(tally=tallies())
def test_a_score_is_from_0_to_100_and_stands_where_something_ended(tally: Tally) -> None:
    points = score(tally)
    assert (points is None) is (tally.ended == 0)
    assert points is None or 0 <= points <= 100


@given(tally=tallies())
def test_nothing_that_goes_better_makes_it_worse(tally: Tally) -> None:
    before = score(tally)
    if before is None or not tally.done:
        return
    on_time = score(replace(tally, on_time=tally.done))
    at_once = score(replace(tally, at_once=tally.done))
    kept = score(replace(tally, declined=0))
    assert all(after is not None and after >= before for after in (on_time, at_once, kept))


def test_one_job_makes_nobody_perfect_and_many_good_ones_do() -> None:
    assert score(Tally(done=1, on_time=1, at_once=1, declined=0)) == 67
    assert score(Tally(done=200, on_time=200, at_once=200, declined=0)) == 100
    assert score(Tally(done=10, on_time=5, at_once=8, declined=2)) == 63
