"""Handovers: what contractors do of a ticket; given, looked at, sent back, taken back."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import FileResponse, Http404
from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import Content, operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import NoSuchThing, named, one, ticket_of
from ambidesk.edge.api.schemas import Id, Input, Instant, Key, Output, Page, Paging
from ambidesk.edge.api.v1.files import content_of, download
from ambidesk.edge.api.v1.speaking import Files
from ambidesk.parties.companies.rights import CompaniesRight
from ambidesk.service.contractors.models import Contractor
from ambidesk.service.workflow.models import Stay
from ambidesk.support.conversations.uploading import take_uploads
from ambidesk.support.handovers import judging, offering, speaking
from ambidesk.support.handovers.models import Handover, HandoverFile, Word
from ambidesk.support.handovers.speaking import Words
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Contractors"
SEE, WORK = TicketRight.SEE, TicketRight.WORK
ALL = "tickets/{int:number}/handovers"
ONE = f"{ALL}/{{int:handover}}"


class ContractorOut(Output):
    """A company that is called in."""

    id: int
    company_id: int
    name: str
    area: str
    skill_ids: list[int]
    is_engaged: bool = Field(description="Something can be handed over to it now")


class HandedFileOut(Output):
    """A file said with a word; fetch it by its key."""

    key: str
    name: str


class WordOut(Output):
    """Something that we or the contractor said about it."""

    id: int
    kind: Literal["task", "word", "refusal", "return", "result", "rework"]
    is_ours: bool
    text: str
    at: Instant
    files: list[HandedFileOut]


class HandoverOut(Output):
    """What a contractor was asked to do; `due_at` is that of its last round."""

    id: int
    ticket: int
    contractor_id: int
    company_id: int
    stage: int | None
    task: str
    standing: Literal["offered", "accepted", "done", "taken", "refused", "returned", "withdrawn"]
    offered_at: Instant
    answered_at: Instant | None
    done_at: Instant | None
    ended_at: Instant | None
    due_at: Instant
    reworks: int
    minutes: int | None
    cost: Decimal | None
    currency: str
    words: list[WordOut]


class NewHandover(Input):
    """
    What is handed over to whom: of a stage of the ticket's process, or of the ticket as it is.

    The contractor sees the task, the words, the files, site and equipment, and nothing else of it.
    """

    contractor_id: Id
    task: str = Field(min_length=1, max_length=300)
    stage: Id | None = None
    text: str = Field("", max_length=speaking.LONGEST)
    files: Files = Field(default_factory=list)


class HandedWords(Input):
    """What is said to the contractor."""

    text: str = Field("", max_length=speaking.LONGEST)
    files: Files = Field(default_factory=list)


@operation(
    "GET",
    "contractors",
    right=CompaniesRight.SEE,
    name="listContractors",
    gives=Page[ContractorOut],
)
def show_contractors(request: Call, paging: Query[Paging]) -> dict[str, Any]:
    """List the companies that are called in"""
    rows = Contractor.objects.visible_to(request.actor).select_related("company")
    rows = rows.prefetch_related("skills")
    of, after, limit = "contractors", paging.after, paging.limit
    return page_of(rows, of=of, after=after, limit=limit, show=_contractor)


@operation("GET", ALL, right=SEE, name="listHandovers", gives=Page[HandoverOut])
def show_all(request: Call, number: Key, paging: Query[Paging]) -> dict[str, Any]:
    """List what is handed over of a ticket, the latest first"""
    return page_of(
        _rows(request, number),
        of=f"handovers:{number}",
        after=paging.after,
        limit=paging.limit,
        show=_handover,
        newest_first=True,
    )


@operation("GET", ONE, right=SEE, name="getHandover", gives=HandoverOut)
def show(request: Call, number: Key, handover: Key) -> dict[str, Any]:
    """Read a handover and what was said about it"""
    return _handover(one(_rows(request, number), handover))


@operation("POST", ALL, right=WORK, name="handOver", gives=HandoverOut, status=201)
def offer(request: Call, number: Key, body: NewHandover) -> dict[str, Any]:
    """Hand a stage of a ticket over to a contractor; their clock runs from now on"""
    ticket = ticket_of(request.actor, number)
    engaged = Contractor.objects.visible_to(request.actor).engaged()
    task = offering.Task(
        what=body.task,
        words=_words(request, body.text, body.files),
        stay=_stay(ticket.run_id, body.stage),
    )
    to = named(engaged, body.contractor_id, field="contractor_id")
    made = offering.offer(ticket, task, to=to, by=request.actor, at=request.at)
    return show(request, number, made.pk)


@operation("POST", f"{ONE}/words", right=WORK, name="sayToContractor", gives=HandoverOut)
def say(request: Call, number: Key, handover: Key, body: HandedWords) -> dict[str, Any]:
    """Say something to the contractor; the client never reads it"""
    row = one(_rows(request, number), handover)
    words = _words(request, body.text, body.files)
    speaking.say(row, words, by=request.actor, at=request.at)
    return show(request, number, handover)


@operation("PUT", f"{ONE}/taking", right=WORK, name="takeHandover", gives=HandoverOut)
def take(request: Call, number: Key, handover: Key) -> dict[str, Any]:
    """Take what was done; what it costs becomes an expense of the ticket, once"""
    judging.take(one(_rows(request, number), handover), by=request.actor, at=request.at)
    return show(request, number, handover)


@operation("POST", f"{ONE}/rework", right=WORK, name="sendHandoverBack", gives=HandoverOut)
def send_back(request: Call, number: Key, handover: Key, body: HandedWords) -> dict[str, Any]:
    """Let the contractor do it again, and say why; a new clock runs"""
    row = one(_rows(request, number), handover)
    words = _words(request, body.text, body.files)
    judging.send_back(row, words, by=request.actor, at=request.at)
    return show(request, number, handover)


@operation("DELETE", ONE, right=WORK, name="takeHandoverBack", gives=HandoverOut)
def withdraw(request: Call, number: Key, handover: Key) -> dict[str, Any]:
    """Take it back; the contractor does not see it any more"""
    judging.withdraw(one(_rows(request, number), handover), by=request.actor, at=request.at)
    return show(request, number, handover)


@operation("GET", f"{ALL}/files/{{str:key}}", right=SEE, name="getHandedFile", gives=Content)
def show_file(request: Call, number: Key, key: str) -> FileResponse:
    """Fetch a file that was said with a word"""
    ticket = ticket_of(request.actor, number)
    rows = HandoverFile.objects.visible_to(request.actor).select_related("blob")
    wanted = rows.filter(word__handover__ticket=ticket, key=key[:40], blob__removed_at=None)
    found = wanted.first()
    if found is None:
        raise Http404
    return download(found.blob)


def _rows(request: Call, number: int) -> QuerySet[Handover]:
    ticket = ticket_of(request.actor, number)
    rows = Handover.objects.visible_to(request.actor).filter(ticket=ticket)
    return rows.select_related("ticket", "stay").prefetch_related("words__files")


def _stay(run: int | None, stage: int | None) -> Stay | None:
    if stage is None:
        return None
    here = Stay.objects.filter(run=run or 0, stage=stage, left_at=None, waits_from=None)
    found = here.order_by("-pk").first()
    if found is None:
        raise NoSuchThing(field="body.stage", name="stage")
    return found


def _words(request: Call, text: str, files: Sequence[str]) -> Words:
    taken = take_uploads(files, by=request.actor, at=request.at)
    return Words(text=text, files=[(name, content_of(blob)) for blob, name in taken])


def _contractor(row: Contractor) -> dict[str, Any]:
    return {
        "id": row.pk,
        "company_id": row.company_id,
        "name": str(row),
        "area": row.area,
        "skill_ids": sorted(each.pk for each in row.skills.all()),
        "is_engaged": row.dismissed_at is None and row.company.archived_at is None,
    }


def _handover(row: Handover) -> dict[str, Any]:
    names = set(HandoverOut.model_fields) - {"ticket", "stage", "words"}
    return {name: getattr(row, name) for name in names} | {
        "ticket": row.ticket_id,
        "stage": row.stay.stage if row.stay else None,
        "words": [_word(each) for each in row.words.all()],
    }


def _word(row: Word) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "is_ours": row.is_ours,
        "text": row.text,
        "at": row.at,
        "files": [{"key": each.key, "name": each.name} for each in row.files.all()],
    }
