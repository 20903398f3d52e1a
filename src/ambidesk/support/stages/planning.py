"""Planning: the days and the budget of each stage of a ticket's process, set as one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.workflow.models import Milestone, Run
from ambidesk.service.workflow.rules.plan import Stage, StageKind
from ambidesk.support.stages.events import MilestonesSet
from ambidesk.support.stages.moving import under_way
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import record

MOST = Decimal(10**11)


class EndsBeforeItBegins(InvalidInput):
    """The days of a stage are the wrong way round."""

    sentence = _("“%(stage)s” would end before it begins.")


class NoSuchBudget(InvalidInput):
    """Less than nothing, or more than can be kept."""

    sentence = _("This is not a budget that “%(stage)s” can have.")


class NotPlanned(InvalidInput):
    """A stage that is none of this process, or at which nobody works."""

    sentence = _("Only stages of this process where somebody works are planned.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What is planned for a stage, both days included; None is not planned."""

    begins_on: date | None = None
    ends_on: date | None = None
    budget: Money | None = None

    def __bool__(self) -> bool:
        return self != NOTHING


NOTHING = Planned()


def planned_of(run: Run) -> dict[int, Planned]:
    """What is planned, by stage; stages without anything are not in it."""
    rows = Milestone.objects.filter(run=run, version=run.version_id)
    return {
        row.stage: Planned(begins_on=row.begins_on, ends_on=row.ends_on, budget=row.money)
        for row in rows
    }


@transaction.atomic
def plan_stages(
    ticket: Ticket, stages: Mapping[int, Planned], *, by: Actor, at: datetime
) -> frozenset[int]:
    """
    Set what is planned for stages, leaving the others; say which stages changed.

    Raises:
        AlreadyClosed, AlreadyMerged, NoProcess, ProcessOver: there is nothing to plan.
        NotPlanned, EndsBeforeItBegins, NoSuchBudget: not for this stage, or not so.
    """
    ticket, run = under_way(ticket)
    for key, each in stages.items():
        _require(run.version.plan.stage(key), each)
    before = planned_of(run)
    changed = {key: each for key, each in stages.items() if before.get(key, NOTHING) != _kept(each)}
    if not changed:
        return frozenset()
    Milestone.objects.filter(run=run, version=run.version_id, stage__in=changed).delete()
    Milestone.objects.bulk_create(
        _row(run, key, _kept(each)) for key, each in changed.items() if each
    )
    told = MilestonesSet(
        ticket_id=ticket.pk, run_id=run.pk, version_id=run.version_id, stages=sorted(changed)
    )
    record(told, ticket, by=by, at=at)
    return frozenset(changed)


def _require(stage: Stage | None, planned: Planned) -> None:
    if stage is None or stage.kind is not StageKind.WORK:
        raise NotPlanned
    name = stage.name.said(get_language() or "en")
    if planned.begins_on and planned.ends_on and planned.ends_on < planned.begins_on:
        raise EndsBeforeItBegins(stage=name, field=f"ends_on-{stage.id}")
    if planned.budget and not 0 <= planned.budget.amount < MOST:
        raise NoSuchBudget(stage=name, field=f"budget-{stage.id}")


def _kept(planned: Planned) -> Planned:
    budget = planned.budget.rounded() if planned.budget is not None else None
    return Planned(begins_on=planned.begins_on, ends_on=planned.ends_on, budget=budget)


def _row(run: Run, stage: int, planned: Planned) -> Milestone:
    return Milestone(
        run=run,
        version_id=run.version_id,
        stage=stage,
        begins_on=planned.begins_on,
        ends_on=planned.ends_on,
        budget=planned.budget.amount if planned.budget is not None else None,
        currency=planned.budget.currency if planned.budget is not None else "",
    )
