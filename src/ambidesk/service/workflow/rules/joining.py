"""
Branches and joins: what must be so that every branch that was opened comes to its join.

Branches share no stage, hold no end, and are entered and left nowhere else. Whatever comes to a
join from outside of its branches, such as rework, waits for nobody.
"""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.service.workflow.rules.graph import branches_of
from ambidesk.service.workflow.rules.plan import Plan, Stage, StageKind, Transition

Words = str | Promise


def join_flaws(plan: Plan, stage: Stage) -> Iterator[Words]:
    """Say what is wrong with a stage at which branches come together."""
    if stage.kind is not StageKind.JOIN:
        return
    forks = [each for each in plan.forks() if each.join == stage.id]
    if not forks:
        yield _("No branches come together here.")
    elif len(forks) > 1:
        yield _("Branches of several transitions cannot come together at one stage.")


def fork_flaws(plan: Plan, fork: Transition) -> Iterator[Words]:
    """Say what is wrong with the branches that a transition opens."""
    join = None if fork.join is None else plan.stage(fork.join)
    if not fork.forks:
        if fork.join is not None:
            yield _("One way needs no stage to come together at.")
        return
    if join is None or join.kind is not StageKind.JOIN:
        yield _("Say at which stage these branches come together.")
        return
    if len(set(fork.to)) < len(fork.to):
        yield _("Two of the branches begin with the same stage.")
        return
    if join.id in fork.to:
        yield _("A branch must have a stage before it comes together with the others.")
        return
    yield from _shape(plan, fork)


def _shape(plan: Plan, fork: Transition) -> Iterator[Words]:
    branches = branches_of(plan, fork)
    inside = frozenset(key for branch in branches for key in branch)
    if len(inside) < sum(map(len, branches)):
        yield _("A way leads from one branch into another.")
    if any(stage.kind is StageKind.END for stage in plan.stages if stage.id in inside):
        yield _("A way leads out of a branch past the stage where it comes together.")
    if fork.source in inside or plan.stages[0].id in inside:
        yield _("A way leads out of a branch back to before it began.")
    elif any(
        inside.intersection(each.to) and each.source not in inside and each.id != fork.id
        for each in plan.transitions
    ):
        yield _("A way leads into a branch from outside.")
