"""Every walk through a sound flow ends, back and forth is the same place, flaws are found."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.scripts.rules.checking import circling_in, flaws_of, reached_in
from ambidesk.support.scripts.rules.flow import Flow, Step
from ambidesk.support.scripts.rules.reading import read_flow, written
from ambidesk.support.scripts.rules.walking import Answers, Walk, back, begin, forward
from tests.support.scripts.flows import any_flows, sound_flows

Choose = Callable[[Step, Answers], int | None]


def choosing(turns: dict[int, int]) -> Choose:
    """A chooser that depends on the step and on what was answered there, as conditions do."""

    def choose(step: Step, answers: Answers) -> int | None:
        turn = turns.get(step.id, 0) + len(str(answers.get(step.id, "")))
        exits = (*(way.to for way in step.ways), None)
        return exits[turn % len(exits)]

    return choose


turns = st.dictionaries(st.integers(1, 12), st.integers(0, 5))
chosen = st.lists(st.sampled_from([(1,), (2,), None]), min_size=12, max_size=12)


@given(flow=sound_flows(), turns=turns, answers=chosen)
def test_every_walk_through_a_sound_flow_ends(
    flow: Flow, turns: dict[int, int], answers: list[tuple[int, ...] | None]
) -> None:
    assert not circling_in(flow)
    walk, steps = begin(flow), 0
    while not walk.is_over:
        walk = forward(walk, answers[steps], choose=choosing(turns))
        steps += 1
    assert steps < len(flow.steps)


@given(flow=any_flows(), turns=turns)
def test_every_walk_ends_through_whatever_has_no_flaw(flow: Flow, turns: dict[int, int]) -> None:
    if flaws_of(flow):
        return
    walk = begin(flow)
    for _each in flow.steps:
        if walk.is_over:
            break
        walk = forward(walk, None, choose=choosing(turns))
    assert walk.is_over


@given(flow=sound_flows(), turns=turns, answers=chosen, returns=st.integers(1, 12))
def test_back_and_forth_leads_to_the_same_place(
    flow: Flow, turns: dict[int, int], answers: list[tuple[int, ...] | None], returns: int
) -> None:
    choose = choosing(turns)
    walk = begin(flow)
    while not walk.is_over:
        walk = forward(walk, answers[len(walk.passed)], choose=choose)
    returns = min(returns, len(walk.passed))
    there: Walk = walk
    for _each in range(returns):
        there = back(there)
    assert there.passed == walk.passed[: len(walk.passed) - returns]
    for _each in range(returns):
        there = forward(there, there.remembered, choose=choose)
    assert there == walk


@given(flow=any_flows())
def test_a_step_is_unreachable_exactly_when_no_walk_comes_to_it(flow: Flow) -> None:
    come: set[int] = set()

    def walk(key: int) -> None:
        step = flow.step(key)
        if step is not None and key not in come:
            come.add(key)
            for each in flow.exits(step):
                walk(each)

    walk(flow.steps[0].id)
    assert reached_in(flow) == come
    told = {flaw.step for flaw in flaws_of(flow) if flaw.words == "Nothing leads here."}
    assert told == {step.id for step in flow.steps} - come


@given(flow=any_flows() | sound_flows())
def test_a_flow_is_the_same_when_it_was_written_and_read(flow: Flow) -> None:
    assert read_flow(written(flow)) == flow
