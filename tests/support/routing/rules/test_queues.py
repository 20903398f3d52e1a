"""Standing, waiting, forecasting: properties of what is computed."""

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.routing.rules.forecast import Aim, Past, expected_arrivals, outlook
from ambidesk.support.routing.rules.standing import Facts, Standing, standing_of
from ambidesk.support.routing.rules.waiting import LEAST, MOST, Pace, expected_seconds, learnt
from ambidesk.support.tickets.rules.states import ENDED, State, WaitingFor, waiting_for

FACTS = st.builds(
    lambda state, asleep, suspended, assigned, keeps: Facts(
        state=state,
        waiting_for=waiting_for(state),
        asleep=asleep,
        suspended=suspended,
        assigned=assigned,
        keeps=keeps,
    ),
    st.sampled_from(State),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(FACTS)
def test_what_waits_for_us_and_is_nobodys_waits_in_the_queue_and_nothing_else_does(
    facts: Facts,
) -> None:
    waits = (
        not facts.assigned
        and not facts.suspended
        and not facts.asleep
        and facts.state not in ENDED
        and facts.waiting_for is WaitingFor.US
    )
    assert (standing_of(facts) is Standing.WAITS) == waits


@given(FACTS)
def test_only_what_somebody_holds_weighs(facts: Facts) -> None:
    if standing_of(facts) in {Standing.WEIGHS, Standing.PARKED}:
        assert facts.assigned


PACES = st.builds(
    Pace,
    slots=st.integers(0, 200),
    free=st.integers(0, 50),
    hold_for=st.floats(1, 3600),
    correction=st.floats(LEAST, MOST),
)


@given(st.integers(1, 500), PACES)
def test_who_stands_further_back_never_waits_less(position: int, pace: Pace) -> None:
    here, behind = expected_seconds(position, pace), expected_seconds(position + 1, pace)
    if here is None or behind is None:
        assert pace.slots == 0
    else:
        assert 0 <= here <= behind


@given(st.floats(LEAST, MOST), st.floats(0, 1e5), st.floats(0, 1e5))
def test_what_is_learnt_stays_within_bounds_and_goes_the_right_way(
    correction: float, expected: float, waited: float
) -> None:
    after = learnt(correction, expected=expected, waited=waited)
    assert LEAST <= after <= MOST
    if expected >= 10 and waited > expected:
        assert after >= correction
    if expected >= 10 and waited < expected:
        assert after <= correction


@given(st.lists(st.builds(Past, weeks_ago=st.integers(0, 8), arrived=st.integers(0, 999))))
def test_a_mean_lies_between_the_least_and_the_most(past: list[Past]) -> None:
    mean = expected_arrivals(past)
    if past:
        numbers = [hour.arrived for hour in past]
        assert min(numbers) - 1e-9 <= mean <= max(numbers) + 1e-9
    else:
        assert mean == 0


@given(st.integers(0, 400), st.integers(1, 6))
def test_more_room_a_head_needs_no_more_heads(arrivals: int, slots: int) -> None:
    aim = Aim(seconds=60, share=0.8, patience=300)
    one = outlook(arrivals, service=240, slots=slots, aim=aim)
    more = outlook(arrivals, service=240, slots=slots + 1, aim=aim)
    assert more.operators <= one.operators
    assert (one.operators == 0) == (arrivals == 0)
