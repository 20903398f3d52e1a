"""
Running a script on a ticket: begun, forth, back, stopped, taken up again; by one after another.

A run stands in rows: whoever opens the ticket goes on where the one before was.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import NotEntitled, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.desk.batches.beginning import apply_whole
from ambidesk.support.desk.batches.ending import NothingToUndo, undo
from ambidesk.support.desk.models import Batch
from ambidesk.support.desk.steps.step import kept_steps
from ambidesk.support.scripts.branching import chooser
from ambidesk.support.scripts.events import RunBegun, RunFinished, RunMoved, RunStopped
from ambidesk.support.scripts.models import Passage, Run, RunState, Script
from ambidesk.support.scripts.resuming import walk_of
from ambidesk.support.scripts.rights import ScriptRight
from ambidesk.support.scripts.rules import reading, walking
from ambidesk.support.scripts.rules.answers import Answer, kept, typed
from ambidesk.support.scripts.rules.flow import Step, StepKind
from ambidesk.support.scripts.rules.walking import Walk
from ambidesk.support.scripts.writing import ScriptGone
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import lock_unclosed, record


class NotPublished(Refusal):
    """There is only a draft."""

    sentence = _("The script “%(name)s” is not published yet.")


class AnotherUnderWay(Refusal):
    """One at a time, or nobody knows which question was answered."""

    sentence = _("The script “%(name)s” is under way here. Finish or stop it first.")


class NotUnderWay(Refusal):
    """It ended."""

    sentence = _("This script is not under way any more.")


class SomebodyWentOn(Refusal):
    """Somebody else, or another tab, passed this step."""

    sentence = _("This step was passed meanwhile. Here is where the script stands.")


@transaction.atomic
def begin_run(script: Script, ticket: Ticket, *, by: Actor, at: datetime) -> Run:
    """
    Begin the published version of a script on a ticket.

    Raises:
        NotEntitled: the actor may not run scripts.
        ScriptGone, NotPublished, AnotherUnderWay: not this one, not here, not now.
        AlreadyClosed, AlreadyMerged: nothing can be done with the ticket.
    """
    _require_right(by)
    ticket = lock_unclosed(ticket)
    script = Script.objects.get(pk=script.pk)
    if script.archived_at:
        raise ScriptGone(name=script.name)
    version = script.current
    if version is None:
        raise NotPublished(name=script.name)
    _require_none(ticket)
    walk = walking.begin(reading.read_flow(version.flow))
    run = Run.objects.create(
        ticket=ticket,
        version=version,
        at_step=walk.at,
        begun_by_id=by.user_id,
        moved_by_id=by.user_id,
        begun_at=at,
        moved_at=at,
    )
    begun = RunBegun(ticket_id=ticket.pk, run_id=run.pk, script_id=script.pk)
    record(begun, ticket, by=by, at=at)
    if walk.is_over:
        _finish(run, walk, ticket, by=by, at=at)
    return run


@transaction.atomic
def pass_step(run: Run, step: int, *, given: Sequence[str], by: Actor, at: datetime) -> Run:
    """
    Pass the step at which a run stands: answered with what was typed, done, or said.

    Raises:
        NotEntitled: the actor may not run scripts.
        NotUnderWay, SomebodyWentOn: it does not stand at this step.
        NotAnswered and the other refusals of answers; MayNotStep, StepRefused: of what is done.
    """
    run, ticket = _locked(run, by)
    walk = walk_of(run)
    if walk.at != step:
        raise SomebodyWentOn
    here, batch, answer = walk.step, None, None
    if here.kind is StepKind.ASK:
        answer = typed(here, given)
    if here.kind is StepKind.DO:
        batch = apply_whole(kept_steps(here.actions), ticket, by=by, at=at)
        ticket.refresh_from_db()
    choose = chooser(walk.flow, ticket, by=by, at=at)
    after = walking.forward(walk, answer, choose=choose)
    _keep(run, here, answer, batch=batch, by=by, at=at)
    if not after.ahead:
        run.passages.filter(position__gt=run.position).delete()
    _move(run, after, by=by, at=at)
    moved = RunMoved(ticket_id=ticket.pk, run_id=run.pk, step=here.id, back=False)
    record(moved, ticket, by=by, at=at)
    if after.is_over:
        _finish(run, after, ticket, by=by, at=at)
    return run


@transaction.atomic
def go_back(run: Run, *, by: Actor, at: datetime) -> Run:
    """
    Go back to the step before; what it did with the ticket is undone, as far as nobody went on.

    Raises:
        NotEntitled: the actor may not run scripts.
        NotUnderWay: it ended.
        AtTheStart: there is no step before.
    """
    run, ticket = _locked(run, by)
    after = walking.back(walk_of(run))
    last = run.passages.select_related("batch").get(position=run.position - 1)
    if last.batch:
        _take_back(last.batch, by=by, at=at)
    _move(run, after, by=by, at=at)
    moved = RunMoved(ticket_id=ticket.pk, run_id=run.pk, step=after.at, back=True)
    record(moved, ticket, by=by, at=at)
    return run


@transaction.atomic
def stop_run(run: Run, *, by: Actor, at: datetime) -> Run:
    """
    Stop a run before its end; its answers stay.

    Raises:
        NotEntitled: the actor may not run scripts.
        NotUnderWay: it ended.
    """
    run, ticket = _locked(run, by)
    _end(run, RunState.STOPPED, at=at)
    stopped = RunStopped(
        ticket_id=ticket.pk,
        run_id=run.pk,
        script_id=run.version.script_id,
        step=run.at_step,
    )
    record(stopped, ticket, by=by, at=at)
    return run


@transaction.atomic
def resume_run(run: Run, *, by: Actor, at: datetime) -> Run:
    """
    Take up a run again that was stopped, where it stood.

    Raises:
        NotEntitled: the actor may not run scripts.
        NotUnderWay: it came to its end, which stays.
        AnotherUnderWay: another script runs here meanwhile.
    """
    _require_right(by)
    ticket = lock_unclosed(run.ticket)
    row = Run.objects.select_for_update(of=("self",)).select_related("version").get(pk=run.pk)
    if row.state != RunState.STOPPED:
        raise NotUnderWay
    _require_none(ticket)
    row.state, row.ended_at, row.moved_at, row.moved_by_id = RunState.RUNNING, None, at, by.user_id
    row.save(update_fields=["state", "ended_at", "moved_at", "moved_by"])
    script = row.version.script_id
    begun = RunBegun(ticket_id=ticket.pk, run_id=row.pk, script_id=script, again=True)
    record(begun, ticket, by=by, at=at)
    return row


def _require_right(by: Actor) -> None:
    if not by.may(ScriptRight.RUN):
        raise NotEntitled


def _require_none(ticket: Ticket) -> None:
    running = Run.objects.filter(ticket=ticket, state=RunState.RUNNING)
    other = running.select_related("version__script").first()
    if other:
        raise AnotherUnderWay(name=other.version.script.name)


def _locked(run: Run, by: Actor) -> tuple[Run, Ticket]:
    _require_right(by)
    # The ticket first, as every verb does.
    ticket = lock_unclosed(run.ticket)
    row = Run.objects.select_for_update(of=("self",)).select_related("version").get(pk=run.pk)
    if row.state != RunState.RUNNING:
        raise NotUnderWay
    return row, ticket


def _keep(
    run: Run, step: Step, answer: Answer | None, *, batch: Batch | None, by: Actor, at: datetime
) -> None:
    Passage.objects.update_or_create(
        run=run,
        position=run.position,
        defaults={
            "step": step.id,
            "answer": kept(answer),
            "batch": batch,
            "by_id": by.user_id,
            "at": at,
        },
    )


def _move(run: Run, walk: Walk, *, by: Actor, at: datetime) -> None:
    run.at_step, run.position = walk.at, len(walk.passed)
    run.moved_at, run.moved_by_id = at, by.user_id
    run.save(update_fields=["at_step", "position", "moved_at", "moved_by"])


def _take_back(batch: Batch, *, by: Actor, at: datetime) -> None:
    try:
        undo(batch, by=by, at=at)
    except NothingToUndo:
        # Somebody undid it by its own toast.
        return


def _end(run: Run, state: RunState, *, at: datetime) -> None:
    # What was gone back over is no answer of an ended run.
    run.passages.filter(position__gte=run.position).delete()
    run.state, run.ended_at = state, at
    run.save(update_fields=["state", "ended_at"])


def _finish(run: Run, walk: Walk, ticket: Ticket, *, by: Actor, at: datetime) -> None:
    _end(run, RunState.FINISHED, at=at)
    finished = RunFinished(
        ticket_id=ticket.pk,
        run_id=run.pk,
        script_id=run.version.script_id,
        step=walk.at,
    )
    record(finished, ticket, by=by, at=at)
