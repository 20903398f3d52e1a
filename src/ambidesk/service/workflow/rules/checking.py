"""
Checking: what keeps a plan from being published.

Where the graph has no flaw, an end can be reached from wherever a run may stand: branches are
closed blocks, entered only by their fork and left only to their join.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.service.workflow.rules.graph import circling_in, ending_in, reached_from
from ambidesk.service.workflow.rules.joining import fork_flaws, join_flaws
from ambidesk.service.workflow.rules.plan import Plan, Stage, StageKind

Words = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What is wrong, and at which stage or transition; neither where it is the whole."""

    words: Words
    stage: int | None = None
    transition: int | None = None


def flaws_of(plan: Plan) -> tuple[Flaw, ...]:
    """List what is wrong with the graph, in the order of stages, then of transitions."""
    if not plan.stages:
        return (Flaw(words=_("Add a first stage.")),)
    found = list(_whole(plan))
    reached, ending, circling = (
        reached_from(plan, [plan.stages[0].id]),
        ending_in(plan),
        circling_in(plan),
    )
    for stage in plan.stages:
        found += (Flaw(words=words, stage=stage.id) for words in _own(plan, stage))
        if stage.id not in reached:
            found.append(Flaw(words=_("Nothing leads to this stage."), stage=stage.id))
        if stage.id not in ending:
            words = (
                _("This goes round in a circle that nothing leads out of.")
                if stage.id in circling
                else _("No end can be reached from this stage.")
            )
            found.append(Flaw(words=words, stage=stage.id))
        found += (Flaw(words=words, stage=stage.id) for words in join_flaws(plan, stage))
    return (*found, *_of_transitions(plan))


def _whole(plan: Plan) -> Iterator[Flaw]:
    if not any(stage.kind is StageKind.END for stage in plan.stages):
        yield Flaw(words=_("Add an end."))
    if plan.stages[0].kind is not StageKind.WORK:
        yield Flaw(words=_("The first stage must be one of work."), stage=plan.stages[0].id)


def _own(plan: Plan, stage: Stage) -> Iterator[Words]:
    if _is_empty(stage.name):
        yield _("Give the stage a name.")
    exits = list(plan.exits(stage.id))
    if stage.kind is StageKind.END and exits:
        yield _("Nothing comes after an end.")
    if stage.kind is not StageKind.END and not exits:
        yield _("Say what comes after this stage.")
    if any(_is_empty(item.text) for item in stage.checklist):
        yield _("A line of the checklist has no words.")
    if len({item.id for item in stage.checklist}) < len(stage.checklist):
        yield _("Two lines of the checklist are one.")
    if stage.kind is StageKind.END and (stage.deadline or stage.checklist or stage.fields):
        yield _("At an end there is nothing left to do: no deadline, checklist or fields.")
    if stage.deadline and stage.deadline.work.total_seconds() < 60:
        yield _("A deadline takes at least a minute.")
    if stage.deadline and any(left >= stage.deadline.work for left in stage.deadline.warnings):
        yield _("A warning must leave less time than the whole deadline.")


def _of_transitions(plan: Plan) -> Iterator[Flaw]:
    for each in plan.transitions:
        if plan.stage(each.source) is None or not each.to or not _all_there(plan, each.to):
            words: Words = _("It leads to or from a stage that is gone.")
            yield Flaw(words=words, transition=each.id)
            continue
        if _is_empty(each.label):
            yield Flaw(words=_("Say what the button is called."), transition=each.id)
        for words in fork_flaws(plan, each):
            yield Flaw(words=words, transition=each.id)


def _all_there(plan: Plan, stages: tuple[int, ...]) -> bool:
    return all(plan.stage(key) for key in stages)


def _is_empty(texts: Texts) -> bool:
    return not (texts.ru.strip() or texts.en.strip())
