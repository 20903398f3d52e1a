"""
Approvals: what a company is asked about a ticket; asked, noted, withdrawn, read.

Who may approve is asked of the authorities of contacts at each answer: no scope stands in for one.
"""

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import FileResponse, Http404
from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import Content, operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import named, one, ticket_of
from ambidesk.edge.api.schemas import Id, Input, Instant, Key, Output, Page, Paging
from ambidesk.edge.api.v1.files import content_of, download
from ambidesk.edge.api.v1.turning import require_somebody
from ambidesk.ground.kernel.money import Money
from ambidesk.parties.companies.models import Contact
from ambidesk.service.approvals.rules.deciding import Kind
from ambidesk.support.approvals import asking
from ambidesk.support.approvals.answering import Noted, note_answer
from ambidesk.support.approvals.deciding import Decision
from ambidesk.support.approvals.models import Answer, Approval
from ambidesk.support.approvals.rights import ApprovalRight
from ambidesk.support.approvals.setting import terms
from ambidesk.support.approvals.voiding import withdraw as take_back
from ambidesk.support.conversations.uploading import take_uploads
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Approvals"
SEE = TicketRight.SEE
ALL = "tickets/{int:number}/approvals"
ONE = f"{ALL}/{{int:approval}}"
KindName = Literal["request", "cost", "acceptance"]


class AskedOut(Output):
    """A contact who was asked, with the others of the same step."""

    contact_id: int
    step: int
    at: Instant


class ApprovalAnswerOut(Output):
    """What was decided, by whom, through what; of what was noted also by whom and from where."""

    contact_id: int
    yes: bool
    words: str
    speaker_id: int | None = Field(
        description="The contact who decided through a login that their department shares"
    )
    source: Literal["portal", "link", "noted"]
    noted_by: int | None
    noted_from: str
    file: str = Field(description="The name of the file that shows it, empty without one")
    at: Instant


class ApprovalOut(Output):
    """A question to a company; `content` names just what is asked, and an answer names it back."""

    id: int
    ticket: int
    kind: KindName
    state: Literal["waiting", "approved", "refused", "void"]
    company_id: int
    title: str
    words: str
    amount: Decimal | None
    currency: str
    content: str
    asked_by: int | None
    asked_at: Instant
    ended_at: Instant | None
    ended_for: str
    unheard_at: Instant | None = Field(
        description="Since when everybody who may was asked, or nobody may, without an answer"
    )
    asked: list[AskedOut]
    answer: ApprovalAnswerOut | None


class NewApproval(Input):
    """
    What is to be approved; the nearest who may are asked, and nobody else can answer.

    A cost has an amount; of a request its subject is the title.
    """

    kind: KindName
    title: str = Field("", max_length=250)
    words: str = Field("", max_length=asking.LONGEST_WORDS)
    amount: Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2)] | None = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = Field(
        None, description="Without one that of the desk's approvals"
    )


class NotedAnswer(Input):
    """What a contact answered by phone, by letter or in person, as a member of staff heard it."""

    contact_id: Id
    yes: bool
    content: str = Field(
        min_length=1, max_length=64, description="The `content` of the approval that was answered"
    )
    noted_from: Literal["phone", "letter", "meeting"]
    words: str = Field("", max_length=2000)
    file: str | None = Field(None, max_length=43, description="The key of an uploaded file")


@operation("GET", ALL, right=SEE, name="listApprovals", gives=Page[ApprovalOut])
def show_all(request: Call, number: Key, paging: Query[Paging]) -> dict[str, Any]:
    """List what was asked about a ticket, the latest first"""
    return page_of(
        _rows(request, number),
        of=f"approvals:{number}",
        after=paging.after,
        limit=paging.limit,
        show=_approval,
        newest_first=True,
    )


@operation("GET", ONE, right=SEE, name="getApproval", gives=ApprovalOut)
def show(request: Call, number: Key, approval: Key) -> dict[str, Any]:
    """Read an approval: who was asked when, and what was answered"""
    return _approval(one(_rows(request, number), approval))


@operation("POST", ALL, right=ApprovalRight.ASK, name="askApproval", gives=ApprovalOut, status=201)
def ask(request: Call, number: Key, body: NewApproval) -> dict[str, Any]:
    """
    Ask for an approval

    What stood of this kind is void from then on. 409 says in words why nobody may approve it.
    """
    ticket = ticket_of(request.actor, number)
    currency = body.currency or terms().currency
    amount = Money(body.amount, currency) if body.amount is not None else None
    wish = asking.Wish(kind=Kind(body.kind), title=body.title, words=body.words, amount=amount)
    made = asking.ask(ticket, wish, by=request.actor, at=request.at)
    return show(request, number, made.pk)


@operation("PUT", f"{ONE}/answer", right=ApprovalRight.NOTE, name="noteAnswer", gives=ApprovalOut)
def note(request: Call, number: Key, approval: Key, body: NotedAnswer) -> dict[str, Any]:
    """
    Note what a contact answered

    For the member of staff who heard it, named by On-Behalf-Of. The contact must be one who may
    approve it at this instant, and never the requester.
    """
    require_somebody(request)
    row = one(_rows(request, number), approval)
    contacts = Contact.objects.visible_to(request.actor).filter(company=row.company_id)
    keys = [body.file] if body.file else []
    (brought,) = take_uploads(keys, by=request.actor, at=request.at) or (None,)
    noted = Noted(
        contact=named(contacts, body.contact_id, field="contact_id"),
        noted_from=body.noted_from,
        file=(brought[1], content_of(brought[0])) if brought else None,
    )
    said = Decision(yes=body.yes, content=body.content, words=body.words)
    note_answer(row, said, noted=noted, by=request.actor, at=request.at)
    return show(request, number, approval)


@operation("DELETE", ONE, right=ApprovalRight.ASK, name="withdrawApproval", gives=ApprovalOut)
def withdraw(request: Call, number: Key, approval: Key) -> dict[str, Any]:
    """Ask it no longer; who was asked cannot answer any more"""
    take_back(one(_rows(request, number), approval), by=request.actor, at=request.at)
    return show(request, number, approval)


@operation("GET", f"{ONE}/file", right=SEE, name="getApprovalFile", gives=Content)
def show_file(request: Call, number: Key, approval: Key) -> FileResponse:
    """Fetch the file that shows a noted answer"""
    row = one(_rows(request, number), approval)
    said = Answer.objects.filter(approval=row).select_related("blob").first()
    if said is None or said.blob is None or said.blob.removed_at:
        raise Http404
    return download(said.blob)


def _rows(request: Call, number: int) -> QuerySet[Approval]:
    ticket = ticket_of(request.actor, number)
    rows = Approval.objects.visible_to(request.actor).filter(ticket=ticket)
    return rows.select_related("ticket", "answer").prefetch_related("asked")


def _approval(row: Approval) -> dict[str, Any]:
    names = set(ApprovalOut.model_fields) - {"ticket", "amount", "asked_by", "asked", "answer"}
    said: Answer | None = getattr(row, "answer", None)
    return {name: getattr(row, name) for name in names} | {
        "ticket": row.ticket_id,
        "amount": row.amount.amount if row.amount else None,
        "asked_by": row.asked_by_id,
        "asked": [
            {"contact_id": each.contact_id, "step": each.step, "at": each.asked_at}
            for each in row.asked.all()
        ],
        "answer": _answer(said) if said else None,
    }


def _answer(row: Answer) -> dict[str, Any]:
    return {
        "contact_id": row.contact_id,
        "speaker_id": row.speaker_id,
        "yes": row.yes,
        "words": row.words,
        "source": row.source,
        "noted_by": row.noted_by_id,
        "noted_from": row.noted_from,
        "file": row.file_name if row.blob_id else "",
        "at": row.at,
    }
