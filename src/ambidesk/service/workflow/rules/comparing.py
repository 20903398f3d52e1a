"""
Comparing: what is otherwise in a plan than in another one; where stages are drawn does not count.

Stages and ways are the same by their numbers, lines of a checklist by theirs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from ambidesk.service.workflow.rules.plan import Item, Plan, Stage, Transition

T = TypeVar("T")


class Aspect(StrEnum):
    """What of a stage or a way can be otherwise."""

    NAME = "name"
    KIND = "kind"
    STATE = "state"
    FIRST = "first"
    TEAM = "team"
    CONTRACTOR = "contractor"
    DEADLINE = "deadline"
    FIELDS = "fields"
    ON_ENTRY = "on_entry"
    ON_EXIT = "on_exit"
    SOURCE = "source"
    TO = "to"
    JOIN = "join"
    GUARD = "guard"
    APPROVAL = "approval"
    EARLY = "early"
    REASONED = "reasoned"
    REWORK = "rework"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed(Generic[T]):
    """Something that is there before and after, and in what it differs."""

    before: T
    after: T
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """What became of the checklist of a stage that is there before and after."""

    stage: Stage
    added: tuple[Item, ...]
    gone: tuple[Item, ...]
    changed: tuple[tuple[Item, Item], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that differs; empty where the plans say the same."""

    added: tuple[Stage, ...]
    gone: tuple[Stage, ...]
    changed: tuple[Changed[Stage], ...]
    lines: tuple[Lines, ...]
    ways_added: tuple[Transition, ...]
    ways_gone: tuple[Transition, ...]
    ways_changed: tuple[Changed[Transition], ...]

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


STAGE = (
    Aspect.NAME,
    Aspect.KIND,
    Aspect.STATE,
    Aspect.TEAM,
    Aspect.CONTRACTOR,
    Aspect.DEADLINE,
    Aspect.FIELDS,
    Aspect.ON_ENTRY,
    Aspect.ON_EXIT,
)
WAY = (
    Aspect.SOURCE,
    Aspect.TO,
    Aspect.JOIN,
    Aspect.GUARD,
    Aspect.APPROVAL,
    Aspect.EARLY,
    Aspect.REASONED,
    Aspect.REWORK,
)


def compare(before: Plan, after: Plan) -> Comparison:
    """Say what is otherwise afterwards, each in the order of its plan."""
    twins = [(old, new) for new in after.stages if (old := before.stage(new.id)) is not None]
    ways = [
        (way, new) for new in after.transitions if (way := before.transition(new.id)) is not None
    ]
    lines = [_lines(old, new) for old, new in twins]
    return Comparison(
        added=tuple(each for each in after.stages if before.stage(each.id) is None),
        gone=tuple(each for each in before.stages if after.stage(each.id) is None),
        changed=tuple(
            Changed(before=old, after=new, aspects=found)
            for old, new in twins
            if (found := tuple(_of_stage(old, new, before, after)))
        ),
        lines=tuple(each for each in lines if each.added or each.gone or each.changed),
        ways_added=tuple(each for each in after.transitions if before.transition(each.id) is None),
        ways_gone=tuple(each for each in before.transitions if after.transition(each.id) is None),
        ways_changed=tuple(
            Changed(before=old, after=new, aspects=found)
            for old, new in ways
            if (found := tuple(_of_way(old, new)))
        ),
    )


def _of_stage(old: Stage, new: Stage, before: Plan, after: Plan) -> Iterator[Aspect]:
    yield from (each for each in STAGE if getattr(old, each) != getattr(new, each))
    if _is_first(old, before) != _is_first(new, after):
        yield Aspect.FIRST


def _of_way(old: Transition, new: Transition) -> Iterator[Aspect]:
    if old.label != new.label:
        yield Aspect.NAME
    yield from (each for each in WAY if getattr(old, each) != getattr(new, each))


def _is_first(stage: Stage, plan: Plan) -> bool:
    return plan.stages[0].id == stage.id


def _lines(old: Stage, new: Stage) -> Lines:
    kept = [(before, each) for each in new.checklist if (before := old.item(each.id)) is not None]
    return Lines(
        stage=new,
        added=_without(new.checklist, old),
        gone=_without(old.checklist, new),
        changed=tuple((before, after) for before, after in kept if before != after),
    )


def _without(items: Sequence[Item], other: Stage) -> tuple[Item, ...]:
    return tuple(each for each in items if other.item(each.id) is None)
