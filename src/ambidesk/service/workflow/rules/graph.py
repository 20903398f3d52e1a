"""The graph of a plan: what is reached from where, and what a branch is made of."""

from collections.abc import Iterable

from ambidesk.service.workflow.rules.plan import Plan, StageKind, Transition


def reached_from(
    plan: Plan, stages: Iterable[int], *, stopping: frozenset[int] = frozenset()
) -> frozenset[int]:
    """The stages that can be reached, these with them; what is `stopping` is not entered."""
    waiting, found = list(stages), set[int]()
    while waiting:
        key = waiting.pop()
        if key in found or key in stopping or plan.stage(key) is None:
            continue
        found.add(key)
        waiting += (to for each in plan.exits(key) for to in each.to)
    return frozenset(found)


def ending_in(plan: Plan) -> frozenset[int]:
    """The stages from which some end can be reached, the ends with them."""
    found = {stage.id for stage in plan.stages if stage.kind is StageKind.END}
    while True:
        more = {
            each.source
            for each in plan.transitions
            if each.source not in found and found.intersection(each.to)
        }
        if not more:
            return frozenset(found)
        found |= more


def circling_in(plan: Plan) -> frozenset[int]:
    """The stages from which there is a way back to themselves."""
    return frozenset(
        stage.id
        for stage in plan.stages
        if stage.id in reached_from(plan, [to for each in plan.exits(stage.id) for to in each.to])
    )


def branches_of(plan: Plan, fork: Transition) -> tuple[frozenset[int], ...]:
    """The stages of each branch that a transition opens, up to where they come together."""
    stopping = frozenset() if fork.join is None else frozenset({fork.join})
    return tuple(reached_from(plan, [to], stopping=stopping) for to in fork.to)


def inside_branches(plan: Plan) -> frozenset[int]:
    """All stages that lie within some branch."""
    return frozenset(
        key for fork in plan.forks() for branch in branches_of(plan, fork) for key in branch
    )
