"""Tickets: listed by view, condition or filter, read, and described anew."""

from typing import Annotated, Any

from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from ambidesk.edge.api.bodies import read_json
from ambidesk.edge.api.door import Call, marks_in
from ambidesk.edge.api.operations import mark_of, operation, written
from ambidesk.edge.api.paging import cursor, place_in
from ambidesk.edge.api.reaching import (
    NoSuchThing,
    categories_of,
    members_of,
    named_if,
    one,
    team_named,
    ticket_of,
)
from ambidesk.edge.api.schemas import Id, Input, Key, Page, given
from ambidesk.edge.api.v1.attributing import attribute_as
from ambidesk.edge.api.v1.ticket_shape import (
    BESIDE,
    PRIORITIES,
    PriorityName,
    StateName,
    TicketOut,
    ticket_shown,
    tickets_shown,
)
from ambidesk.ground.conditions.binding import bind
from ambidesk.ground.conditions.compiling import compiled
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.service.catalogue.models import RequestType, Tag
from ambidesk.support.desk.viewing import rows_of, view_of
from ambidesk.support.tickets import assigning, describing
from ambidesk.support.tickets.fields import TICKET_VOCABULARY, asker_of
from ambidesk.support.tickets.models import Ticket, TicketQuerySet
from ambidesk.support.tickets.recording import lock
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Tickets"
Limit = Annotated[int, Field(ge=1, le=100)]
Tags = Annotated[list[Annotated[str, Field(min_length=1, max_length=60)]], Field(max_length=50)]


class ChangedMeanwhile(Refusal):
    """Somebody was faster."""

    sentence = _("Somebody changed this meanwhile. Read it again, then change it.")
    status = 412


class TicketFilter(Input):
    """Which tickets; several filters must all hold."""

    view: str = Field("", max_length=60, description="The key of a view, see /views")
    condition: str = Field("", max_length=10_000, description="A condition as JSON")
    state: StateName | None = None
    brand_id: Key | None = None
    team_id: Key | None = None
    assignee_id: Key | None = None
    requester_id: Key | None = None
    tag: str = Field("", max_length=60)
    after: str = Field("", max_length=500, description="The `next` of the page before")
    limit: Limit = 50


class TicketChange(Input):
    """What is to be different; what is left out stays."""

    subject: str | None = Field(None, min_length=1, max_length=300)
    priority: PriorityName | None = None
    team_id: Id | None = None
    assignee_id: Id | None = None
    category_id: Id | None = None
    request_type_id: Id | None = None
    company_id: Id | None = None
    site_id: Id | None = None
    asset_id: Id | None = None
    tags: Tags | None = Field(None, description="All tags that it will have")


@operation(
    "GET",
    "tickets",
    right=TicketRight.SEE,
    name="listTickets",
    gives=Page[TicketOut],
)
def show_all(request: Call, filters: Query[TicketFilter]) -> dict[str, Any]:
    """
    List tickets

    Last word first. A condition is what the builder of views makes, for example
    `{"field": "state", "operator": "is", "value": "open"}`.
    """
    rows = _chosen(request, filters)
    if filters.after:
        said, pk = place_in("tickets", filters.after)
        last_at = parse_datetime(said)
        rows = rows.filter(Q(last_at__lte=last_at) & ~Q(last_at=last_at, pk__gte=pk))
    numbers = rows.latest_first().values("pk")[: filters.limit + 1]
    seen = Ticket.objects.visible_to(request.actor).filter(pk__in=numbers)
    found = list(seen.latest_first().select_related(*BESIDE))
    page = found[: filters.limit]
    more = len(found) > filters.limit
    return {
        "items": tickets_shown(page),
        "next": cursor("tickets", [page[-1].last_at.isoformat(), page[-1].pk]) if more else None,
    }


@operation(
    "GET",
    "tickets/{int:number}",
    right=TicketRight.SEE,
    name="getTicket",
    gives=TicketOut,
)
def show(request: Call, number: Key) -> dict[str, Any]:
    """
    Read a ticket

    The ETag of the answer can be sent as If-Match with a change.
    """
    seen = Ticket.objects.visible_to(request.actor).select_related(*BESIDE)
    return ticket_shown(one(seen, number))


@operation(
    "PATCH",
    "tickets/{int:number}",
    right=TicketRight.WORK,
    name="changeTicket",
    gives=TicketOut,
)
def change(request: Call, number: Key, body: TicketChange) -> dict[str, Any]:
    """
    Change a ticket

    With If-Match nothing is changed that somebody else changed meanwhile.
    """
    ticket = ticket_of(request.actor, number)
    require_match(request, ticket)
    wanted = given(body)
    if wanted.get("subject") is not None:
        describing.rename(ticket, subject=wanted["subject"], by=request.actor, at=request.at)
    if wanted.get("priority") is not None:
        priority = PRIORITIES[wanted["priority"]]
        describing.prioritise(ticket, priority=priority, by=request.actor, at=request.at)
    _sort(request, ticket, wanted)
    if {"team_id", "assignee_id"} & wanted.keys():
        _charge(request, ticket, wanted)
    attribute_as(request, ticket, wanted)
    if wanted.get("tags") is not None:
        _tag(request, ticket, wanted["tags"])
    return ticket_shown(ticket_of(request.actor, number))


def require_match(request: Call, ticket: Ticket) -> None:
    """
    Hold a ticket, and look whether it is as the caller read it.

    Raises:
        ChangedMeanwhile: it is not.
    """
    wanted = marks_in(request, "If-Match")
    if not wanted or "*" in wanted:
        return
    lock(ticket)
    now = TicketOut.model_validate(ticket_shown(ticket_of(request.actor, ticket.number)))
    if mark_of(written(request, now)) not in wanted:
        raise ChangedMeanwhile


def _chosen(request: Call, filters: TicketFilter) -> TicketQuerySet:
    if filters.view:
        rows = rows_of(view_of(request.actor, filters.view), actor=request.actor, at=request.at)
    else:
        rows = Ticket.objects.visible_to(request.actor)
    if filters.condition:
        condition = read(read_json(filters.condition.encode()), TICKET_VOCABULARY)
        asker = asker_of(request.actor, at=request.at)
        bound = bind(condition, TICKET_VOCABULARY, asker=asker)
        rows = rows.filter(compiled(bound, at=request.at))
    same: dict[str, object] = {
        "state": filters.state,
        "brand": filters.brand_id,
        "team": filters.team_id,
        "assignee": filters.assignee_id,
        "requester": filters.requester_id,
    }
    rows = rows.filter(**{name: value for name, value in same.items() if value is not None})
    if filters.tag:
        tags = Tag.objects.filter(name__iexact=filters.tag)
        rows = rows.filter(taggings__tag__in=tags)
    return rows


def _sort(request: Call, ticket: Ticket, wanted: dict[str, Any]) -> None:
    """Say what it is about, and of which type it is."""
    if "category_id" in wanted:
        rows = categories_of(request.actor).filter(archived_at=None)
        category = named_if(rows, wanted["category_id"], field="category_id")
        describing.categorise(ticket, category=category, by=request.actor, at=request.at)
    if "request_type_id" in wanted:
        types = RequestType.objects.filter(archived_at=None)
        kind = named_if(types, wanted["request_type_id"], field="request_type_id")
        describing.convert(ticket, request_type=kind, by=request.actor, at=request.at)


def _charge(request: Call, ticket: Ticket, wanted: dict[str, Any]) -> None:
    # What is left out stays as it is now: read behind the lock, not before it.
    ticket = lock(ticket)
    team, assignee = ticket.team, ticket.assignee
    if "team_id" in wanted:
        team = team_named(request.actor, wanted["team_id"])
    if "assignee_id" in wanted:
        staff = members_of(request.actor).filter(user__is_active=True)
        assignee = named_if(staff, wanted["assignee_id"], field="assignee_id")
    assigning.assign(ticket, assignee=assignee, team=team, by=request.actor, at=request.at)


def _tag(request: Call, ticket: Ticket, words: list[str]) -> None:
    wanted = {word.casefold() for word in words}
    known = {tag.name.casefold(): tag for tag in Tag.objects.filter(archived_at=None)}
    unknown = sorted(wanted - known.keys())
    if unknown:
        raise NoSuchThing(field="body.tags", name=unknown[0])
    now = list(Tag.objects.filter(taggings__ticket=ticket))
    add = [known[word] for word in wanted if known[word] not in now]
    remove = [tag for tag in now if tag.name.casefold() not in wanted]
    describing.tag(ticket, add=add, remove=remove, by=request.actor, at=request.at)
