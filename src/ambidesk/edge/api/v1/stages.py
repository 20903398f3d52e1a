"""Processes: which there are, and the way of a ticket through one, step by step."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.utils.translation import get_language
from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import named, ticket_of
from ambidesk.edge.api.schemas import Id, Input, Instant, Key, Output, Page, Paging
from ambidesk.service.workflow.going import stage_of
from ambidesk.service.workflow.models import Process, Run, Stay
from ambidesk.service.workflow.rules.plan import Stage
from ambidesk.support.stages import converting, moving, ticking
from ambidesk.support.stages.explaining import reasons_of
from ambidesk.support.stages.knowing import WayOut, in_words, ways_out
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Processes"
SEE, WORK = TicketRight.SEE, TicketRight.WORK
PROCESS = "tickets/{int:number}/process"
TICK = f"{PROCESS}/stages/{{int:stage}}/lines/{{int:line}}"


class ProcessOut(Output):
    """A process; tickets begin on the version that is published."""

    id: int
    name: str
    published: int | None = Field(description="The number of the version; null for a draft")
    request_type_id: int | None
    is_archived: bool


class LineOut(Output):
    """A line of a checklist."""

    id: int
    text: str
    is_done: bool
    is_required: bool


class StepOut(Output):
    """A step that begins here; `missing` says what it still needs, empty where it can be taken."""

    id: int
    label: str
    asks_reason: bool
    is_rework: bool
    missing: str


class StayOut(Output):
    """One time in a stage; without `left_at` the ticket stands there."""

    stage: int
    name: str
    team_id: int | None
    entered_at: Instant
    left_at: Instant | None
    due_at: Instant | None
    reasons: list[str] = Field(
        description="Who promised how long it may take, and why it is due then, in words"
    )
    waits: bool = Field(description="For the other branches")
    lines: list[LineOut]
    ways: list[StepOut]


class WayThroughOut(Output):
    """The way of a ticket through a version of a process."""

    process_id: int
    process: str
    version: int
    begun_at: Instant
    ended_at: Instant | None
    returns: int
    stays: list[StayOut]


class Beginning(Input):
    """By which process a ticket shall go."""

    process_id: Id


class Conversion(Beginning):
    """To which process it goes over, and to which of its stages; without one the fitting one."""

    stage: Id | None = None


class Step(Input):
    """A way out of a stage where the ticket stands; a reason is left as a note."""

    way: Id
    reason: str = Field("", max_length=2000)


@operation("GET", "processes", right=SEE, name="listProcesses", gives=Page[ProcessOut])
def show_all(request: Call, asked: Query[Paging]) -> dict[str, Any]:
    """List processes"""
    del request
    rows = Process.objects.all()
    return page_of(rows, of="processes", after=asked.after, limit=asked.limit, show=_process)


@operation("GET", PROCESS, right=SEE, name="getTicketProcess", gives=WayThroughOut)
def show(request: Call, number: Key) -> dict[str, Any]:
    """
    Read the way of a ticket through its process

    What each step still needs is said in the language of Accept-Language.
    """
    return _run(request, ticket_of(request.actor, number))


@operation("POST", PROCESS, right=WORK, name="beginProcess", gives=WayThroughOut, status=201)
def begin(request: Call, number: Key, body: Beginning) -> dict[str, Any]:
    """Let a ticket go by a process"""
    ticket, process = ticket_of(request.actor, number), _named(body.process_id)
    moving.begin(ticket, process, by=request.actor, at=request.at)
    return show(request, number)


@operation("PUT", PROCESS, right=WORK, name="convertProcess", gives=WayThroughOut)
def convert(request: Call, number: Key, body: Conversion) -> dict[str, Any]:
    """Let a ticket go over to another process"""
    ticket, process = ticket_of(request.actor, number), _named(body.process_id)
    converting.convert_run(ticket, process, stage=body.stage, by=request.actor, at=request.at)
    return show(request, number)


@operation("POST", f"{PROCESS}/steps", right=WORK, name="takeStep", gives=WayThroughOut)
def step(request: Call, number: Key, body: Step) -> dict[str, Any]:
    """
    Take a step

    What is missing is said in words by a refusal with 409.
    """
    ticket = ticket_of(request.actor, number)
    moving.go(ticket, body.way, reason=body.reason, by=request.actor, at=request.at)
    return show(request, number)


@operation("PUT", TICK, right=WORK, name="tickLine", gives=WayThroughOut)
def tick(request: Call, number: Key, stage: Key, line: Key) -> dict[str, Any]:
    """Tick a line of the checklist off"""
    return _ticked(request, number, stage=stage, line=line, done=True)


@operation("DELETE", TICK, right=WORK, name="untickLine", gives=WayThroughOut)
def untick(request: Call, number: Key, stage: Key, line: Key) -> dict[str, Any]:
    """Take a tick back"""
    return _ticked(request, number, stage=stage, line=line, done=False)


def _ticked(request: Call, number: int, *, stage: int, line: int, done: bool) -> dict[str, Any]:
    ticket = ticket_of(request.actor, number)
    ticking.tick(ticket, stage=stage, item=line, done=done, by=request.actor, at=request.at)
    return show(request, number)


def _named(pk: int) -> Process:
    return named(Process.objects.filter(archived_at=None), pk, field="process_id")


def _process(row: Process) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": str(row),
        "published": row.published,
        "request_type_id": row.request_type_id,
        "is_archived": row.archived_at is not None,
    }


def _run(request: Call, ticket: Ticket) -> dict[str, Any]:
    if ticket.run_id is None:
        raise moving.NoProcess(number=ticket.number)
    run = Run.objects.select_related("version__process").get(pk=ticket.run_id)
    stays = list(_stays(run))
    standing = [each for each in stays if each.left_at is None]
    is_under_way = not run.is_over and not ticket.is_ended
    plan, reasons = run.version.plan, reasons_of(ticket, stays)
    ways = (
        ways_out(ticket, plan, stays=standing, by=request.actor, at=request.at)
        if is_under_way
        else ()
    )
    return {
        "process_id": run.version.process_id,
        "process": str(run.version.process),
        "version": run.version.number,
        "begun_at": run.begun_at,
        "ended_at": run.ended_at,
        "returns": run.returns,
        "stays": [_stay(each, ways, reasons.get(each.pk, ())) for each in stays],
    }


def _stays(run: Run) -> QuerySet[Stay]:
    unmet = Q(promise__clocks__met_at=None)
    rows = run.stays.select_related("version").prefetch_related("ticks").order_by("pk")
    return rows.annotate(due_at=Min("promise__clocks__due_at", filter=unmet))


def _stay(stay: Stay, out: tuple[WayOut, ...], reasons: Sequence[str]) -> dict[str, Any]:
    language, stage = get_language() or "en", stage_of(stay)
    is_here = stay.left_at is None and stay.waits_from is None
    return {
        "stage": stay.stage,
        "name": stage.name.said(language),
        "team_id": stay.team_id,
        "entered_at": stay.entered_at,
        "left_at": stay.left_at,
        "due_at": vars(stay)["due_at"],
        "reasons": list(reasons),
        "waits": stay.waits_from is not None,
        "lines": _lines(stay, stage, language) if is_here else [],
        "ways": [_way(each, language) for each in out if each.stay.pk == stay.pk],
    }


def _lines(stay: Stay, stage: Stage, language: str) -> list[dict[str, Any]]:
    ticked = {each.item for each in stay.ticks.all()}
    return [
        {
            "id": item.id,
            "text": item.text.said(language),
            "is_done": item.id in ticked,
            "is_required": item.required,
        }
        for item in stage.checklist
    ]


def _way(each: WayOut, language: str) -> dict[str, Any]:
    return {
        "id": each.way.id,
        "label": each.way.label.said(language),
        "asks_reason": each.way.reasoned,
        "is_rework": each.way.rework,
        "missing": in_words(each.lack),
    }
