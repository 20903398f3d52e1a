"""
Following: the journal's subscriber of processes.

A ticket of a type that has a process begins it; clocks that stand still while a ticket waits
follow its state, and what a contract promises for stages its coverage.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ambidesk.ground.kernel.journal import Entry, Origin
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.workflow.models import Process, Run
from ambidesk.support.coverage.events import CoverageDecided
from ambidesk.support.stages import moving
from ambidesk.support.stages.clocks import settle
from ambidesk.support.tickets import events
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import lock

BEGINNINGS = (events.TicketOpened.kind, events.TicketConverted.kind)
TURNS = (
    events.StateChanged.kind,
    events.MessageFiled.kind,
    events.TicketAnswered.kind,
    events.AnswerWithdrawn.kind,
    events.DeliveryFailed.kind,
    events.TicketsRegrouped.kind,
)
KINDS = (*BEGINNINGS, *TURNS, CoverageDecided.kind)


def follow(entries: Sequence[Entry], *, at: datetime) -> None:
    """Begin what begins by itself, and keep clocks true."""
    began = [
        each.subject_id
        for each in entries
        if each.kind in BEGINNINGS and each.origin == Origin.LIVE
    ]
    for ticket in _without_stages(began):
        _begin(ticket, at=at)
    moved = {each.subject_id for each in entries if each.kind in TURNS}
    decided = {each.subject_id for each in entries if each.kind == CoverageDecided.kind}
    has_clock = Q(run__stays__promise__isnull=False)
    is_agreed = Q(coverage__line__version__stage_promises__isnull=False)
    going = Ticket.objects.filter(
        Q(pk__in=moved | decided) & has_clock | Q(pk__in=decided) & is_agreed,
        run__isnull=False,
        run__ended_at=None,
    )
    for ticket in going.distinct().order_by("pk"):
        _settle(ticket, at=at)


def _without_stages(numbers: Collection[int]) -> Iterable[Ticket]:
    """Those that could begin: in a flood of plain questions there are none."""
    rows = Ticket.objects.active().filter(pk__in=numbers, run=None, suspended=False)
    return rows.filter(request_type__isnull=False).order_by("pk") if numbers else ()


def _begin(ticket: Ticket, *, at: datetime) -> None:
    process = Process.objects.filter(
        request_type=ticket.request_type_id, archived_at=None, published__isnull=False
    ).first()
    if process is None:
        return
    try:
        moving.begin(ticket, process, by=SYSTEM, at=at)
    except Refusal:
        # What the first stage does was refused: it is begun by hand, where one reads why.
        return


@transaction.atomic
def _settle(ticket: Ticket, *, at: datetime) -> None:
    run = Run.objects.select_related("version").get(pk=lock(ticket).run_id or 0)
    settle(ticket, run, at=at)
