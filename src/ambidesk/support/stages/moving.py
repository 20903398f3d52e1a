"""
Moving: a ticket begins a process and takes its steps; what a step lacks is said, nothing changes.

Leaving, moving, being in charge, state and entering are one transaction.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.workflow.drawing import ProcessGone
from ambidesk.service.workflow.going import Moved, begin_run, take
from ambidesk.service.workflow.models import Process, ProcessVersion, Run
from ambidesk.service.workflow.rules.lacking import Lack, lack_of
from ambidesk.service.workflow.rules.plan import Transition
from ambidesk.service.workflow.rules.standing import NotFromHere
from ambidesk.support.handovers.judging import leave
from ambidesk.support.stages.arriving import arrive, do_steps
from ambidesk.support.stages.clocks import settle
from ambidesk.support.stages.contracting import require_back
from ambidesk.support.stages.events import ProcessBegun, StagePassed
from ambidesk.support.stages.knowing import in_words, known_at
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.noting import note
from ambidesk.support.tickets.recording import lock_unclosed, record, require_unclosed


class NotPublished(Refusal):
    """There is only a draft."""

    sentence = _("The process “%(name)s” is not published yet.")


class AlreadyUnderWay(Refusal):
    """One at a time."""

    sentence = _("Ticket #%(number)s goes by a process already. Convert it instead.")


class NoProcess(Refusal):
    """There is nothing to step in."""

    sentence = _("Ticket #%(number)s does not go by a process.")


class ProcessOver(Refusal):
    """It came to its end."""

    sentence = _("The process of ticket #%(number)s is over.")


class NotYet(InvalidInput):
    """The stage is not finished; the words say what is missing."""

    sentence = _("Not yet: %(words)s.")
    status = 409


@transaction.atomic
def begin(ticket: Ticket, process: Process, *, by: Actor, at: datetime) -> Run:
    """
    Let a ticket go by the published version of a process.

    Raises:
        AlreadyClosed, AlreadyMerged: the ticket is over.
        ProcessGone, NotPublished, AlreadyUnderWay: not by this one, or not now.
        StageRefused: an action at the first stage cannot be done.
    """
    ticket = lock_unclosed(ticket)
    version = version_of(process)
    if ticket.run_id and not Run.objects.get(pk=ticket.run_id).is_over:
        raise AlreadyUnderWay(number=ticket.number)
    run, stay = begin_run(version, at=at)
    ticket.run = run
    ticket.save(update_fields=["run"])
    begun = ProcessBegun(
        ticket_id=ticket.pk, run_id=run.pk, version_id=version.pk, stage=stay.stage
    )
    record(begun, ticket, by=by, at=at)
    arrive(ticket, run, entered=(stay,), by=by, at=at)
    settle(ticket, run, at=at)
    return run


@transaction.atomic
def go(ticket: Ticket, transition: int, *, reason: str = "", by: Actor, at: datetime) -> Run:
    """
    Take a transition; a reason is left as a note.

    Raises:
        AlreadyClosed, AlreadyMerged: the ticket is over.
        NoProcess, ProcessOver, NotFromHere: it does not stand where this begins.
        NotYet: with what is missing.
        StillHandedOver: a contractor has the stage.
        StageRefused: an action on leaving or entering cannot be done.
        NotFilledIn: at an end, a field that the type of the ticket needs is empty.
    """
    ticket, run = under_way(ticket)
    plan = run.version.plan
    way = plan.transition(transition)
    stay = (
        run.stays.filter(left_at=None, stage=way.source, waits_from=None).first() if way else None
    )
    if way is None or stay is None:
        raise NotFromHere
    if not way.early:
        require_back(stay)
    known = known_at(ticket, way, stay=stay, by=by, at=at)
    require_nothing(lack_of(plan, way, known=known.because(reason)))
    source = plan.stage(way.source)
    do_steps(ticket, source.on_exit if source else (), at=at)
    moved = take(run, way, at=at)
    for each in moved.left:
        leave(each, by=by, at=at)
    record(_passed(ticket, run, way=way, moved=moved), ticket, by=by, at=at)
    if reason.strip():
        note(ticket, text=reason, by=by, at=at)
    arrive(ticket, run, entered=moved.entered, by=by, at=at)
    settle(ticket, run, at=at)
    return run


def under_way(ticket: Ticket) -> tuple[Ticket, Run]:
    """
    Lock a ticket and its run.

    Raises:
        AlreadyClosed, AlreadyMerged, NoProcess, ProcessOver: there is nothing to step in.
    """
    ticket = lock_unclosed(ticket)
    return ticket, _going(ticket, Run.objects.select_for_update(of=("self",)))


def require_under_way(ticket: Ticket) -> Run:
    """
    Give the run of a ticket; refuse one that `under_way` would refuse. Nothing is locked.

    Raises:
        AlreadyClosed, AlreadyMerged, NoProcess, ProcessOver: there is nothing to step in.
    """
    require_unclosed(ticket)
    return _going(ticket, Run.objects.all())


def version_of(process: Process) -> ProcessVersion:
    """
    Give the version on which something begins now.

    Raises:
        ProcessGone, NotPublished: nothing can begin by it.
    """
    process = Process.objects.get(pk=process.pk)
    if process.archived_at:
        raise ProcessGone(name=process)
    version = process.current
    if version is None:
        raise NotPublished(name=process)
    return version


def _passed(ticket: Ticket, run: Run, *, way: Transition, moved: Moved) -> StagePassed:
    return StagePassed(
        ticket_id=ticket.pk,
        run_id=run.pk,
        version_id=run.version_id,
        transition=way.id,
        left=[each.stage for each in moved.left],
        entered=[each.stage for each in moved.entered],
        rework=way.rework,
        ended=moved.ended,
    )


def _going(ticket: Ticket, rows: QuerySet[Run]) -> Run:
    if ticket.run_id is None:
        raise NoProcess(number=ticket.number)
    run = rows.select_related("version__process").get(pk=ticket.run_id)
    if run.is_over:
        raise ProcessOver(number=ticket.number)
    return run


def require_nothing(lack: Lack) -> None:
    """
    Refuse a step for which something is missing.

    Raises:
        NotYet: with what.
    """
    if lack:
        raise NotYet(field="reason" if lack.reason else None, words=in_words(lack))
