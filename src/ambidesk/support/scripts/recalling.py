"""Recalling: runs that happened before or elsewhere, put down as a set; nothing is done by them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Event
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.scripts.branching import chooser
from ambidesk.support.scripts.events import RunBegun, RunFinished, RunStopped
from ambidesk.support.scripts.models import Passage, Run, RunState, Version
from ambidesk.support.scripts.rules import reading, walking
from ambidesk.support.scripts.rules.answers import Answer, kept
from ambidesk.support.scripts.rules.flow import StepKind
from ambidesk.support.scripts.rules.walking import Walk
from ambidesk.support.tickets.models import Ticket

APART = timedelta(seconds=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """A run on a ticket: what was answered in turn; when the answers end too soon, it was left."""

    ticket: Ticket
    begun_at: datetime
    answers: Sequence[Answer | None]
    user_id: int | None = None


def recall_runs(version: Version, recalled: Sequence[Recalled], *, by: Actor) -> list[Run]:
    """Put down runs of a version; tickets that have one of any script are passed over."""
    tickets = [each.ticket.pk for each in recalled]
    taken = set(Run.objects.filter(ticket__in=tickets).values_list("ticket_id", flat=True))
    new = [each for each in recalled if each.ticket.pk not in taken]
    walks = [_walked(version, each, by=by) for each in new]
    rows = [_run(version, each, walk) for each, walk in zip(new, walks, strict=True)]
    runs = Run.objects.bulk_create(rows)
    passages = [
        Passage(
            run=run,
            position=position,
            step=passed.step,
            answer=kept(passed.answer),
            by_id=each.user_id,
            at=each.begun_at + APART * (position + 1),
        )
        for run, each, walk in zip(runs, new, walks, strict=True)
        for position, passed in enumerate(walk.passed)
    ]
    Passage.objects.bulk_create(passages)
    _record(runs, by=by)
    return runs


def _walked(version: Version, recalled: Recalled, *, by: Actor) -> Walk:
    walk = walking.begin(reading.read_flow(version.flow))
    choose = chooser(walk.flow, recalled.ticket, by=by, at=recalled.begun_at)
    left = list(recalled.answers)
    while not walk.is_over and (left or walk.step.kind is not StepKind.ASK):
        answer = left.pop(0) if walk.step.kind is StepKind.ASK else None
        walk = walking.forward(walk, answer, choose=choose)
    return walk


def _run(version: Version, recalled: Recalled, walk: Walk) -> Run:
    moved_at = recalled.begun_at + APART * len(walk.passed)
    return Run(
        ticket=recalled.ticket,
        version=version,
        state=RunState.FINISHED if walk.is_over else RunState.STOPPED,
        at_step=walk.at,
        position=len(walk.passed),
        begun_by_id=recalled.user_id,
        moved_by_id=recalled.user_id,
        begun_at=recalled.begun_at,
        moved_at=moved_at,
        ended_at=moved_at,
    )


def _record(runs: Sequence[Run], *, by: Actor) -> None:
    events: list[Event] = []
    moments: list[datetime] = []
    for run in runs:
        script = run.version.script_id
        ended = RunFinished if run.state == RunState.FINISHED else RunStopped
        ticket, key = run.ticket_id, run.pk
        events.append(RunBegun(ticket_id=ticket, run_id=key, script_id=script))
        events.append(ended(ticket_id=ticket, run_id=key, script_id=script, step=run.at_step))
        moments += [run.begun_at, run.moved_at]
    journal.record_many(events, by=by, at=moments)
