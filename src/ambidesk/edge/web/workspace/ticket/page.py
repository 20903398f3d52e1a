"""The ticket's page: everything its template shows; all queries end before rendering."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404

from ambidesk.edge.web.workspace.people.likenesses import alike_beside
from ambidesk.edge.web.workspace.ticket.attention import (
    Attention,
    followers_beside,
    mentor_beside,
    read_attention,
    reminders_beside,
)
from ambidesk.edge.web.workspace.ticket.beside import beside
from ambidesk.edge.web.workspace.ticket.card import (
    Card,
    addresses_beside,
    household_beside,
    others_beside,
    posts_beside,
    read_card,
)
from ambidesk.edge.web.workspace.ticket.chat import Chat, read_chat
from ambidesk.edge.web.workspace.ticket.filled import HAS_FIELDS, FieldView, read_filled
from ambidesk.edge.web.workspace.ticket.moments import Moment, moments_after
from ambidesk.edge.web.workspace.ticket.names import Event, Names
from ambidesk.edge.web.workspace.ticket.scripted import RunView, read_runs, runs_beside
from ambidesk.edge.web.workspace.ticket.sentences import named
from ambidesk.edge.web.workspace.ticket.staged import StripView, read_strip
from ambidesk.edge.web.workspace.ticket.thread import NOTES, SHOWN, Conversation, read_thread
from ambidesk.edge.web.workspace.ticket.ways import Way, ways_of
from ambidesk.ground.kernel.preparing import prepared
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.rights import CompaniesRight
from ambidesk.parties.people.rights import PeopleRight
from ambidesk.service.assets.rights import AssetRight
from ambidesk.service.catalogue.models import Tag
from ambidesk.support.approvals.beside import approvals_beside
from ambidesk.support.desk import models
from ambidesk.support.desk.models import DraftFile
from ambidesk.support.scripts.offering import Proposal, proposable_beside, proposed_among
from ambidesk.support.scripts.rights import ScriptRight
from ambidesk.support.telephony.dialling import telephones
from ambidesk.support.tickets.escalating import CAME_UP
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.parties import Party, parties_of
from ambidesk.support.tickets.reach import reach_of
from ambidesk.support.tickets.rights import TicketRight

RELATED = (
    "brand",
    "channel",
    "company",
    "site",
    "request_type",
    "category",
    "requester__head",
    "requester_identity",
    "team",
    "assignee__user",
    "merged_into",
    "coverage",
)
# How a script ends on the timeline.
ENDS = {"scripts.run_finished", "scripts.run_stopped"}
# The tags of a ticket beside it, without a query of their own.
LABELS = ArraySubquery(
    Tag.objects.filter(taggings__ticket=OuterRef("pk"))
    .order_by("name")
    .values(row=JSONObject(id="pk", name="name"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A tag on the ticket."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the actor is writing on the ticket."""

    kind: str = ""
    text: str = ""
    html: str = ""
    files: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPage:
    """One ticket as its screen shows it."""

    ticket: Ticket
    conversation: Conversation
    card: Card
    chat: Chat | None
    tags: tuple[Label, ...]
    draft: Draft
    parties: tuple[Party, ...]
    attention: Attention
    can_answer: bool
    can_work: bool
    can_regroup: bool
    is_mine: bool
    came_up: bool
    moments: tuple[Moment, ...]
    ways: tuple[Way, ...] = ()
    runs: tuple[RunView, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    can_script: bool = False
    fields: tuple[FieldView, ...] = ()
    strip: StripView | None = None
    sees_assets: bool = False
    sees_companies: bool = False
    telephones: frozenset[str] = field(default_factory=telephones)
    # A proposal that the requester is one with somebody else.
    alike: int | None = None

    @property
    def has_ways(self) -> bool:
        """The requester can be answered by more than one channel, or by none but a talk."""
        return len({party.way for party in self.parties}) > 1

    @property
    def is_scripted(self) -> bool:
        """A script is under way."""
        return any(each.is_running for each in self.runs)

    @property
    def topics(self) -> str:
        """What the page listens to."""
        return f"ticket:{self.ticket.pk} ticket:{self.ticket.pk}:presence"

    @property
    def states(self) -> tuple[State, ...]:
        """The states that can be chosen by hand and are not the ticket's own."""
        chosen = (State.OPEN, State.WAITING_REQUESTER, State.WAITING_OTHER, State.ON_HOLD)
        return tuple(state for state in chosen if state != self.ticket.state)

    @property
    def title(self) -> str:
        """The ticket as the browser's tab names it."""
        return f"#{self.ticket.number} {self.ticket.subject}".strip()

    @property
    def can_change(self) -> bool:
        """It can be worked on."""
        return self.can_work and not self.is_over

    @property
    def parties_version(self) -> str:
        """Changes when somebody comes to take part, or the requester goes on elsewhere."""
        return " ".join(f"{p.identity.pk}:{p.role}:{p.is_chosen:d}" for p in self.parties)

    @property
    def is_over(self) -> bool:
        """Closed: it can only be reopened."""
        return self.ticket.state == State.CLOSED


def visible_ticket(actor: Actor, number: int) -> Ticket:
    """
    Fetch a ticket that the actor sees.

    Raises:
        Http404: there is none, or the actor does not see it.
    """
    ticket = Ticket.objects.visible_to(actor).select_related(*RELATED).filter(pk=number).first()
    if ticket is None:
        raise Http404
    return ticket


def read_page(actor: Actor, number: int, *, at: datetime, shown: int = SHOWN) -> TicketPage:
    """
    Read the page of a ticket, `shown` of its messages with it.

    Raises:
        Http404: there is none, or the actor does not see it.
    """
    ticket = _whole_ticket(actor, number)
    over = ticket.state == State.CLOSED
    parties = tuple(parties_of(ticket))
    runs = read_runs(ticket, beside(ticket, "script_rows"), by=actor)
    return TicketPage(
        sees_assets=actor.may(AssetRight.SEE),
        ticket=ticket,
        conversation=answered(worded(read_thread(ticket, at=at, shown=shown)), runs),
        card=read_card(
            ticket,
            actor,
            addresses=beside(ticket, "addresses"),
            others=beside(ticket, "others"),
            posts=beside(ticket, "posts"),
            household=beside(ticket, "household"),
        ),
        chat=read_chat(ticket),
        tags=tuple(Label(id=row["id"], name=row["name"]) for row in beside(ticket, "labels")),
        draft=_draft(beside(ticket, "written")),
        parties=parties,
        attention=read_attention(ticket, actor),
        can_answer=actor.may(TicketRight.ANSWER) and not over,
        can_work=actor.may(TicketRight.WORK),
        can_regroup=actor.may(TicketRight.REGROUP),
        is_mine=bool(ticket.assignee and ticket.assignee.user_id == actor.user_id),
        came_up=vars(ticket)["came_up"],
        moments=moments_after(at),
        ways=ways_of(parties),
        runs=runs,
        proposals=()
        if over or any(each.is_running for each in runs)
        else proposed_among(beside(ticket, "proposable"), ticket, by=actor, at=at),
        can_script=actor.may(ScriptRight.RUN),
        fields=read_filled(ticket, at=at) if vars(ticket)["has_fields"] else (),
        strip=read_strip(ticket, by=actor, at=at),
        sees_companies=actor.may(CompaniesRight.SEE),
        alike=vars(ticket)["alike"] if actor.may(PeopleRight.JOIN) else None,
    )


def _whole_ticket(actor: Actor, number: int) -> Ticket:
    """Fetch a ticket with what stands beside it."""

    def make(slots: Mapping[str, int]) -> QuerySet[Ticket]:
        rows = (
            Ticket.objects.visible_to(actor)
            .select_related(*RELATED)
            .annotate(
                labels=LABELS,
                remarks=NOTES,
                written=_written_by(slots["user"]),
                addresses=addresses_beside(actor),
                others=others_beside(actor),
                posts=posts_beside(actor),
                household=household_beside(actor),
                followers=followers_beside(),
                mentors=mentor_beside(),
                follow_ups=reminders_beside(),
                script_rows=runs_beside(),
                proposable=proposable_beside(),
                approvals_mark=approvals_beside(),
                came_up=CAME_UP,
                has_fields=HAS_FIELDS,
                alike=alike_beside(actor),
            )
        )
        return rows.filter(pk=slots["number"])

    key = ("ticket", reach_of(actor))
    found: list[Ticket] = prepared(key, make, number=number, user=actor.user_id or 0)
    if not found:
        raise Http404
    return found[0]


def _written_by(user: int) -> ArraySubquery:
    """The actor's draft with its files, read with the ticket."""
    files = DraftFile.objects.filter(draft=OuterRef("pk")).order_by("pk")
    enclosed = ArraySubquery(files.values(row=JSONObject(key="key", name="name")))
    rows = models.Draft.objects.filter(ticket=OuterRef("pk"), user=user)
    facts = JSONObject(kind="kind", text="text", html="html", files=enclosed)
    return ArraySubquery(rows.values(row=facts)[:1])


def _draft(rows: Iterable[Mapping[str, Any]]) -> Draft:
    for row in rows:
        files = tuple(row["files"])
        return Draft(kind=row["kind"], text=row["text"], html=row["html"], files=files)
    return Draft()


def answered(conversation: Conversation, runs: tuple[RunView, ...]) -> Conversation:
    """Let the line that ends a script tell what was answered; the journal knows no words."""
    told = {view.run.pk: view.summary for view in runs if view.summary}
    rows = tuple(
        replace(row, events=tuple(_answering(event, told) for event in row.events))
        for row in conversation.rows
    )
    return replace(conversation, rows=rows) if told else conversation


def _answering(event: Event, told: Mapping[int, str]) -> Event:
    summary = told.get(event.data.get("run_id", 0), "")
    if event.kind not in ENDS or not summary:
        return event
    return replace(event, words=f"{event.words}: {summary}")


def worded(conversation: Conversation) -> Conversation:
    """Fill in the names that the timeline tells."""
    events = [event for row in conversation.rows for event in row.events]
    if not events:
        return conversation
    names = Names.of(events)
    rows = tuple(
        replace(row, events=tuple(named(event, names) for event in row.events))
        if row.events
        else row
        for row in conversation.rows
    )
    return replace(conversation, rows=rows)
