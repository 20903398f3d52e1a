"""
Sense: what a plan names must be there, said by whoever knows it.

Teams and calendars are known here; states, fields, guards and actions by whatever runs through.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.staff.models import Team
from ambidesk.service.sla.models import ServiceCalendar
from ambidesk.service.workflow.rules.checking import Flaw, flaws_of
from ambidesk.service.workflow.rules.plan import Plan, Stage, StageKind

Words = str | Promise
# Says what is wrong with a guard, or with an action: nothing where it can be taken.
Judge = Callable[[Mapping[str, Any]], Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """
    What plans may name: states (and whether they are ends), fields, guards and actions.

    `going` are the states in which no clock stands still.
    """

    states: Mapping[str, bool]
    fields: Mapping[str, Words]
    guard: Judge
    action: Judge
    going: Collection[str] = ()
    contractors: Collection[int] = ()
    approvals: Collection[str] = ()


def all_flaws(plan: Plan, sense: Sense) -> tuple[Flaw, ...]:
    """List what keeps a plan from being published: its graph first, then what it names."""
    teams = frozenset(Team.objects.filter(archived_at=None).values_list("pk", flat=True))
    found = [*flaws_of(plan)]
    calendars = frozenset(
        ServiceCalendar.objects.filter(archived_at=None).values_list("pk", flat=True)
    )
    for stage in plan.stages:
        found += (Flaw(words=words, stage=stage.id) for words in _of_state(stage, sense))
        if stage.contractor is not None:
            found += (Flaw(words=words, stage=stage.id) for words in _of_contractor(stage, sense))
        if stage.team is not None and stage.team not in teams:
            found.append(Flaw(words=_("Its team is not there any more."), stage=stage.id))
        if stage.deadline and stage.deadline.calendar not in {None, *calendars}:
            found.append(Flaw(words=_("Its calendar is not there any more."), stage=stage.id))
        for key in stage.fields:
            if key not in sense.fields:
                words = _("The field “%(key)s” is not there.") % {"key": key}
                found.append(Flaw(words=words, stage=stage.id))
        for doing in (*stage.on_entry, *stage.on_exit):
            if refused := sense.action(doing):
                found.append(Flaw(words=refused, stage=stage.id))
    return (*found, *_of_guards(plan, sense))


def _of_state(stage: Stage, sense: Sense) -> Iterator[Words]:
    if stage.state not in sense.states:
        yield _("Choose the state that goes with this stage.")
    elif sense.states[stage.state] and stage.kind is not StageKind.END:
        yield _("Only at an end is it solved or closed.")
    elif not sense.states[stage.state] and stage.kind is StageKind.END:
        yield _("At an end it is solved or closed.")


def _of_contractor(stage: Stage, sense: Sense) -> Iterator[Words]:
    if stage.contractor not in sense.contractors:
        yield _("Its contractor is not called in any more.")
    if stage.kind is not StageKind.WORK:
        yield _("Only work can be handed over.")
    if stage.state not in sense.going:
        yield _("While a contractor works the client's time goes on: it cannot be waiting.")


def _of_guards(plan: Plan, sense: Sense) -> Iterator[Flaw]:
    for way in plan.transitions:
        if way.guard is not None and (refused := sense.guard(way.guard)):
            yield Flaw(words=refused, transition=way.id)
        if way.approval and way.approval not in sense.approvals:
            yield Flaw(words=_("Choose what the client has to approve."), transition=way.id)
