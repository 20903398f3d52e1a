"""Converting: a ticket goes over to another process; what is shown beforehand is what is done."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ambidesk.ground.reach.actor import Actor
from ambidesk.service.workflow.going import go_over
from ambidesk.service.workflow.models import Process, ProcessVersion, Run, Tick
from ambidesk.service.workflow.models.run import standing_of
from ambidesk.service.workflow.rules.converting import (
    Before,
    Conversion,
    convert,
    proposed,
    targets_in,
)
from ambidesk.service.workflow.rules.plan import Stage
from ambidesk.service.workflow.rules.standing import NoSuchStage
from ambidesk.support.handovers.judging import leave
from ambidesk.support.stages.arriving import arrive
from ambidesk.support.stages.clocks import settle
from ambidesk.support.stages.events import ProcessConverted
from ambidesk.support.stages.moving import require_under_way, under_way, version_of
from ambidesk.support.stages.sensing import filled_in
from ambidesk.support.tickets.filling import answers_of
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a conversion would do, and to which stages else it could lead."""

    version: ProcessVersion
    becomes: Conversion
    targets: tuple[Stage, ...]


def preview(ticket: Ticket, process: Process, *, stage: int | None = None) -> Preview:
    """
    Work out what becomes of a ticket that goes over to a process; nothing is changed.

    Raises:
        AlreadyClosed, AlreadyMerged, NoProcess, ProcessOver: it goes by none.
        ProcessGone, NotPublished, NoSuchStage: it cannot go over there.
    """
    run = require_under_way(ticket)
    version = version_of(process)
    before = _before(ticket, run)
    target = stage if stage is not None else _proposed(before, version).id
    return Preview(
        version=version,
        becomes=convert(before, version.plan, to=target),
        targets=targets_in(version.plan),
    )


@transaction.atomic
def convert_run(
    ticket: Ticket, process: Process, *, stage: int | None = None, by: Actor, at: datetime
) -> Run:
    """
    Let a ticket go over to the published version of a process, to one of its stages.

    Raises:
        AlreadyClosed, AlreadyMerged, NoProcess, ProcessOver: it goes by none.
        ProcessGone, NotPublished, NoSuchStage: it cannot go over there.
        StageRefused: what entering does cannot be done.
    """
    ticket, run = under_way(ticket)
    seen = preview(ticket, process, stage=stage)
    was = run.version_id
    for each in run.stays.filter(left_at=None).order_by("pk"):
        leave(each, by=by, at=at)
    stay = go_over(run, seen.version, becomes=seen.becomes, at=at)
    event = ProcessConverted(
        ticket_id=ticket.pk,
        run_id=run.pk,
        before_id=was,
        version_id=seen.version.pk,
        stage=stay.stage,
        ticked=list(seen.becomes.ticked),
    )
    record(event, ticket, by=by, at=at)
    arrive(ticket, run, entered=(stay,), by=by, at=at)
    settle(ticket, run, at=at)
    return run


def _proposed(before: Before, version: ProcessVersion) -> Stage:
    stage = proposed(before, version.plan)
    if stage is None:
        raise NoSuchStage
    return stage


def _before(ticket: Ticket, run: Run) -> Before:
    ticks = Tick.objects.filter(stay__run=run, stay__left_at=None)
    return Before(
        plan=run.version.plan,
        standing=standing_of(run),
        ticked=frozenset(ticks.values_list("stay__stage", "item")),
        filled=filled_in(ticket, answers_of([ticket.pk])[ticket.pk]),
    )
