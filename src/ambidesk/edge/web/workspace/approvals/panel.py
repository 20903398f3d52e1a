"""The panel of approvals: who is asked since when, who is next, what was answered through what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Contact
from ambidesk.service.approvals.rules.deciding import Kind, State
from ambidesk.support.approvals.clocks import silence_at
from ambidesk.support.approvals.entitled import entitled_to
from ambidesk.support.approvals.models import Answer, Approval, NotedFrom
from ambidesk.support.approvals.rights import ApprovalRight
from ambidesk.support.approvals.saying import amount_of, remedy_of
from ambidesk.support.approvals.setting import terms
from ambidesk.support.tickets.models import Ticket

# The colour goes with the words, never instead of them.
LOOKS = {State.WAITING: "waiting", State.APPROVED: "done", State.REFUSED: "breached"}
ORDER = (Kind.COST, Kind.REQUEST, Kind.ACCEPTANCE)
MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedView:
    """Somebody who was asked."""

    name: str
    at: datetime
    by_mail: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """What was said, by whom, through what."""

    name: str
    # Who spoke where several people share the login.
    speaker: str
    source: str
    noted_by: str
    words: str
    file_name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One approval; `nobody` says why nobody may any more, and what to do."""

    id: int
    kind: str
    title: str
    amount: str
    words: str
    label: str
    look: str
    is_waiting: bool
    is_unheard: bool
    ended_for: str
    asked: tuple[AskedView, ...]
    following: tuple[str, ...]
    following_at: datetime | None
    answer: AnswerView | None
    able: tuple[tuple[int, str], ...]
    nobody: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalsPage:
    """What was asked about a ticket, the latest first, and what the reader may do."""

    number: int
    rows: tuple[Row, ...]
    earlier: tuple[Row, ...]
    kinds: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]
    currency: str
    can_ask: bool
    can_note: bool


def read_approvals(ticket: Ticket, actor: Actor, *, at: datetime) -> ApprovalsPage:
    """Read what was asked about a ticket."""
    found = Approval.objects.visible_to(actor).filter(ticket=ticket).order_by("-pk")
    answered = ("answer__contact__person__head", "answer__noted_by")
    related = found.select_related("promise", *answered, "answer__speaker__person__head")
    rows = list(related.prefetch_related("asked__contact__person__head", "asked__link"))
    views = [_row(each, ticket, actor=actor, at=at) for each in rows]
    is_open = not ticket.is_ended and ticket.company_id is not None
    return ApprovalsPage(
        number=ticket.number,
        rows=tuple(view for view, row in zip(views, rows, strict=True) if _stands(row)),
        earlier=tuple(view for view, row in zip(views, rows, strict=True) if not _stands(row)),
        kinds=tuple((each.value, str(each.label)) for each in ORDER),
        sources=tuple((each.value, str(each.label)) for each in NotedFrom),
        currency=terms().currency,
        can_ask=is_open and actor.may(ApprovalRight.ASK),
        can_note=is_open and actor.may(ApprovalRight.NOTE),
    )


def _stands(row: Approval) -> bool:
    return row.state != State.VOID


def _row(row: Approval, ticket: Ticket, *, actor: Actor, at: datetime) -> Row:
    waits = row.state == State.WAITING and ticket.company_id is not None
    may = entitled_to(Kind(row.kind), ticket, amount=row.amount, at=at) if waits else None
    names = _names(may.everybody[:MOST], actor) if may else {}
    following = may.after({each.contact_id for each in row.asked.all()}) if may else ()
    nobody = may.nobody if may else None
    state = State(row.state)
    return Row(
        id=row.pk,
        kind=str(Kind(row.kind).label),
        title=row.title,
        amount=amount_of(row),
        words=row.words,
        label=str(state.label),
        look=LOOKS.get(state, ""),
        is_waiting=row.state == State.WAITING,
        is_unheard=row.unheard_at is not None and row.state == State.WAITING,
        ended_for=row.get_ended_for_display() if row.ended_for else "",
        asked=tuple(
            AskedView(
                name=each.contact.person.called, at=each.asked_at, by_mail=hasattr(each, "link")
            )
            for each in row.asked.all()
        ),
        following=tuple(names[each] for each in following if each in names),
        following_at=silence_at(row) if following else None,
        answer=_answer(row),
        able=tuple(names.items()),
        nobody=f"{nobody.reason.label} {remedy_of(nobody)}" if nobody else "",
    )


def _answer(row: Approval) -> AnswerView | None:
    said: Answer | None = getattr(row, "answer", None)
    if said is None:
        return None
    noted_by = said.noted_by
    return AnswerView(
        name=said.contact.person.called,
        speaker=said.speaker.person.called if said.speaker else "",
        source=said.get_noted_from_display() if noted_by else said.get_source_display(),
        noted_by=(noted_by.name or noted_by.email) if noted_by else "",
        words=said.words,
        file_name=said.file_name if said.blob_id else "",
        at=said.at,
    )


def _names(contacts: tuple[int, ...], actor: Actor) -> Mapping[int, str]:
    """Names in the given order."""
    seen = Contact.objects.visible_to(actor).filter(pk__in=contacts)
    rows = seen.select_related("person__head").in_bulk()
    return {each: rows[each].person.called for each in contacts if each in rows}
