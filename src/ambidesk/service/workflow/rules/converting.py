"""
Converting: what becomes of a run that goes over to another plan.

Pure, so that what is shown beforehand is what is done: branches that are open come together in
the one stage it goes to; a stage of the same name keeps its clock and its ticks.
"""

from collections.abc import Collection
from dataclasses import dataclass

from ambidesk.service.workflow.rules.graph import inside_branches
from ambidesk.service.workflow.rules.plan import Item, Plan, Stage, StageKind
from ambidesk.service.workflow.rules.standing import NoSuchStage, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What there is: a plan, where it stands in it, and what was ticked by stage and line."""

    plan: Plan
    standing: Standing
    ticked: Collection[tuple[int, int]] = ()
    filled: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """
    What comes of it.

    `continues` is the stage whose clock goes on, None where a new one begins; `ticked` are lines
    of the new stage, `dropped` ticked ones that it does not have.
    """

    stage: Stage
    left: tuple[Stage, ...]
    continues: int | None
    ticked: tuple[int, ...]
    dropped: tuple[Item, ...]
    asked: tuple[str, ...]
    unasked: tuple[str, ...]


def targets_in(plan: Plan) -> tuple[Stage, ...]:
    """The stages to which something can be converted: none within a branch, none where it ends."""
    inside = inside_branches(plan)
    return tuple(
        stage for stage in plan.stages if stage.id not in inside and stage.kind is StageKind.WORK
    )


def proposed(before: Before, plan: Plan) -> Stage | None:
    """The stage that fits best: of the same name, else of the same state, else the first."""
    here = _stages(before)
    among = targets_in(plan)
    alike = [each for each in among if any(_same(each, stage) for stage in here)]
    states = {stage.state for stage in here}
    alike += [each for each in among if each.state in states]
    return next(iter((*alike, *among)), None)


def convert(before: Before, plan: Plan, *, to: int) -> Conversion:
    """
    Work out the conversion to a stage of another plan.

    Raises:
        NoSuchStage: nothing can be converted to it.
    """
    stage = next((each for each in targets_in(plan) if each.id == to), None)
    if stage is None:
        raise NoSuchStage
    left = _stages(before)
    twin = next((each for each in left if _same(each, stage)), None)
    done = [(each, item) for each in left for item in each.checklist]
    done = [(each, item) for each, item in done if (each.id, item.id) in set(before.ticked)]
    words = {item.text for _each, item in done}
    kept = {item.text for item in stage.checklist}
    old = {key for each in left for key in each.fields}
    return Conversion(
        stage=stage,
        left=left,
        continues=twin.id if twin else None,
        ticked=tuple(item.id for item in stage.checklist if item.text in words),
        dropped=tuple(item for _each, item in done if item.text not in kept),
        asked=tuple(key for key in stage.fields if key not in before.filled),
        unasked=tuple(sorted(old - set(stage.fields))),
    )


def _stages(before: Before) -> tuple[Stage, ...]:
    keys = dict.fromkeys(token.stage for token in before.standing.tokens)
    found = (before.plan.stage(key) for key in keys)
    return tuple(stage for stage in found if stage is not None)


def _same(one: Stage, other: Stage) -> bool:
    return one.name == other.name and one.kind is other.kind
