"""The ticket's page: everything its template shows; all queries end before rendering."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict

from django.http import Http404

from ambidesk.edge.web.workspace.ticket.card import Card, read_card
from ambidesk.edge.web.workspace.ticket.sentences import Names, named
from ambidesk.edge.web.workspace.ticket.thread import Conversation, read_thread
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.desk.drafting import draft_of
from ambidesk.support.desk.models import Draft, DraftFile
from ambidesk.support.tickets.models import Priority, State, Ticket
from ambidesk.support.tickets.parties import Party, parties_of
from ambidesk.support.tickets.rights import TicketRight

RELATED = (
    "brand",
    "channel",
    "request_type",
    "category",
    "requester",
    "requester_identity",
    "team",
    "assignee__user",
    "merged_into",
)


class Choices(TypedDict):
    """What the properties of a ticket can be set to."""

    colleagues: tuple[Member, ...]
    teams: tuple[Team, ...]
    categories: tuple[Category, ...]
    types: tuple[RequestType, ...]
    known_tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPage:
    """One ticket as its screen shows it."""

    ticket: Ticket
    conversation: Conversation
    card: Card
    tags: tuple[Tag, ...]
    draft: Draft | None
    draft_files: tuple[DraftFile, ...]
    parties: tuple[Party, ...]
    colleagues: tuple[Member, ...]
    teams: tuple[Team, ...]
    categories: tuple[Category, ...]
    types: tuple[RequestType, ...]
    known_tags: tuple[Tag, ...]
    can_answer: bool
    can_work: bool
    can_regroup: bool

    @property
    def topics(self) -> str:
        """What the page listens to."""
        return f"ticket:{self.ticket.pk} ticket:{self.ticket.pk}:presence"

    @property
    def priorities(self) -> list[tuple[int, str]]:
        """The priorities there are."""
        return [(each.value, str(each.label)) for each in Priority]

    @property
    def states(self) -> tuple[State, ...]:
        """The states that can be chosen by hand and are not the ticket's own."""
        chosen = (State.OPEN, State.WAITING_REQUESTER, State.WAITING_OTHER, State.ON_HOLD)
        return tuple(state for state in chosen if state != self.ticket.state)

    @property
    def is_over(self) -> bool:
        """Closed: it can only be reopened."""
        return self.ticket.state == State.CLOSED


def read_choices(ticket: Ticket) -> Choices:
    """Read what the ticket's properties can be set to."""
    teams = Team.objects.filter(brands=ticket.brand_id, archived_at=None)
    members = Member.objects.filter(memberships__team__in=teams, user__is_active=True)
    categories = Category.objects.filter(archived_at=None)
    return {
        "colleagues": tuple(members.select_related("user").order_by("user__name").distinct()),
        "teams": tuple(teams),
        "categories": tuple(
            categories.filter(brand=None) | categories.filter(brand=ticket.brand_id)
        ),
        "types": tuple(RequestType.objects.filter(archived_at=None)),
        "known_tags": tuple(Tag.objects.all()[:500]),
    }


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


def read_page(actor: Actor, number: int, *, at: datetime, whole: bool = False) -> TicketPage:
    """Read the page of a visible ticket."""
    ticket = visible_ticket(actor, number)
    draft = draft_of(ticket, by=actor)
    over = ticket.state == State.CLOSED
    return TicketPage(
        ticket=ticket,
        conversation=worded(read_thread(ticket, at=at, whole=whole)),
        card=read_card(ticket, actor),
        tags=tuple(Tag.objects.filter(taggings__ticket=ticket).order_by("name")),
        draft=draft,
        draft_files=tuple(draft.files.order_by("pk")) if draft else (),
        parties=tuple(parties_of(ticket)),
        **read_choices(ticket),
        can_answer=actor.may(TicketRight.ANSWER) and not over,
        can_work=actor.may(TicketRight.WORK),
        can_regroup=actor.may(TicketRight.REGROUP),
    )


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
