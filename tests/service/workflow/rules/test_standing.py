"""Random graphs and random walks: what may be published can always end, joins wait for all."""

from collections.abc import Iterator

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ambidesk.service.workflow.rules.checking import flaws_of
from ambidesk.service.workflow.rules.graph import branches_of
from ambidesk.service.workflow.rules.plan import Plan, Transition
from ambidesk.service.workflow.rules.reading import read_plan
from ambidesk.service.workflow.rules.standing import (
    NotFromHere,
    Standing,
    begin,
    fold,
    is_over,
    move,
    offered,
)
from ambidesk.service.workflow.rules.writing import written
from tests.service.workflow.plans import any_plans, crooked_plans, filled, sound_plans

turns = st.lists(st.integers(0, 30), max_size=25)


def walked(plan: Plan, choices: list[int]) -> Iterator[tuple[Standing, Transition]]:
    """Each standing of a random walk, with the way that is gone from it."""
    standing = begin(plan)
    for choice in choices:
        ways = list(offered(plan, standing))
        if not ways:
            return
        way = ways[choice % len(ways)]
        yield standing, way
        standing = move(plan, standing, by_way=way.id).after


def can_end(plan: Plan, standing: Standing) -> bool:
    """Search all that may come, for an end."""
    waiting, seen = [standing], set()
    while waiting:
        here = waiting.pop()
        if is_over(plan, here):
            return True
        key = tuple(sorted((each.stage, each.waits_from or 0) for each in here.tokens))
        if key in seen:
            continue
        seen.add(key)
        waiting += (move(plan, here, by_way=each.id).after for each in offered(plan, here))
    return False


@given(plan=sound_plans(), choices=turns)
@settings(max_examples=60, deadline=None)
def test_a_plan_of_sound_blocks_has_no_flaw_and_can_always_end(
    plan: Plan, choices: list[int]
) -> None:
    assert flaws_of(plan) == ()
    for standing, _way in walked(plan, choices):
        assert can_end(plan, standing)


@given(plan=st.one_of(any_plans(), crooked_plans()), choices=turns)
@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
def test_whatever_has_no_flaw_can_end_from_wherever_it_stands(
    plan: Plan, choices: list[int]
) -> None:
    assume(not flaws_of(plan))
    for standing, way in walked(plan, choices):
        after = move(plan, standing, by_way=way.id).after
        assert can_end(plan, after)
        # An end is the end of all of it: nothing is left behind in a branch.
        assert not is_over(plan, after) or len(after.tokens) == 1
        assert len(set(after.tokens)) == len(after.tokens)


@given(plan=sound_plans(), choices=turns)
@settings(max_examples=80, deadline=None)
def test_a_join_waits_for_all_branches(plan: Plan, choices: list[int]) -> None:
    for standing, way in walked(plan, choices):
        step = move(plan, standing, by_way=way.id)
        fork = plan.fork_of(way.to[0])
        inside = {key for each in branches_of(plan, fork) for key in each} if fork else set()
        if way.forks or fork is None or way.source not in inside:
            continue
        before = sum(each.stage == way.to[0] and each.waits for each in standing.tokens)
        came = step.entered[0]
        assert came.waits == (before + 1 < len(fork.to))
        if not came.waits:
            assert not any(each.waits and each.stage == came.stage for each in step.after.tokens)


@given(plan=sound_plans(), choices=turns, other=st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_a_way_that_does_not_begin_here_is_refused_and_changes_nothing(
    plan: Plan, choices: list[int], other: int
) -> None:
    for standing, _way in walked(plan, choices):
        there = {each.id for each in offered(plan, standing)}
        if other in there:
            continue
        before = standing.tokens
        try:
            move(plan, standing, by_way=other)
        except NotFromHere:
            assert standing.tokens == before
        else:
            raise AssertionError(other)


@given(plan=sound_plans(), choices=turns)
@settings(max_examples=60, deadline=None)
def test_folding_the_moves_gives_where_the_walk_came(plan: Plan, choices: list[int]) -> None:
    steps = list(walked(plan, choices))
    standing = begin(plan)
    for before, way in steps:
        assert before == standing
        standing = move(plan, standing, by_way=way.id).after
    assert fold(plan, [way.id for _before, way in steps]) == standing


@given(plan=st.one_of(sound_plans(), any_plans()))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_as_the_same_plan(plan: Plan) -> None:
    whole = filled(plan)
    assert read_plan(written(whole)) == whole
