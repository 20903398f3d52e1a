"""Tickets and each other: merged, split, moved, linked, and all of it undone."""

from typing import Any, Literal

from django.db.models import QuerySet
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.reaching import all_named, named, one, ticket_of
from ambidesk.edge.api.schemas import Id, Input, Instant, Key, Output
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets import linking, regrouping
from ambidesk.support.tickets.models import Link, LinkKind, Regrouping, Ticket
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Tickets and each other"
REGROUP, SEE = TicketRight.REGROUP, TicketRight.SEE
TICKET = "tickets/{int:number}"


class Into(Input):
    """The other ticket."""

    other: Id


class Some(Input):
    """Some messages of this ticket, and the other one."""

    other: Id
    messages: list[Id] = Field(min_length=1, max_length=100)


class Off(Input):
    """Some messages with which a new ticket begins."""

    messages: list[Id] = Field(min_length=1, max_length=100)
    subject: str = Field("", max_length=300)


class RegroupingOut(Output):
    """A merge, split or move; its id undoes it."""

    id: int
    kind: Literal["merge", "split", "move"]
    source: int
    target: int
    at: Instant


class NewLink(Input):
    """How this ticket hangs together with another one."""

    other: Id
    kind: Literal["related", "parent"] = "related"


class LinkOut(Output):
    """Two tickets that hang together."""

    id: int
    kind: str
    source: int
    target: int


class Links(Output):
    """The links of a ticket with tickets that the key reaches."""

    items: list[LinkOut]


@operation(
    "POST", f"{TICKET}/merge", right=REGROUP, name="mergeTicket", gives=RegroupingOut, status=201
)
def merge(request: Call, number: Key, body: Into) -> dict[str, Any]:
    """Merge a ticket into another one"""
    source, target = ticket_of(request.actor, number), _other(request, body.other)
    return _made(regrouping.merge(source, target, by=request.actor, at=request.at))


@operation(
    "POST", f"{TICKET}/split", right=REGROUP, name="splitTicket", gives=RegroupingOut, status=201
)
def split(request: Call, number: Key, body: Off) -> dict[str, Any]:
    """Begin a new ticket with some messages"""
    source = ticket_of(request.actor, number)
    said = _messages(request, body.messages)
    made = regrouping.split(
        source, messages=said, subject=body.subject, by=request.actor, at=request.at
    )
    return _made(made)


@operation(
    "POST", f"{TICKET}/move", right=REGROUP, name="moveMessages", gives=RegroupingOut, status=201
)
def move(request: Call, number: Key, body: Some) -> dict[str, Any]:
    """Move messages onto another ticket"""
    source, target = ticket_of(request.actor, number), _other(request, body.other)
    said = _messages(request, body.messages)
    return _made(regrouping.move(source, target, messages=said, by=request.actor, at=request.at))


@operation(
    "DELETE", f"{TICKET}/regroupings/{{int:regrouped}}", right=REGROUP, name="undoRegrouping"
)
def undo(request: Call, number: Key, regrouped: Key) -> None:
    """Undo a merge, split or move"""
    ticket = ticket_of(request.actor, number)
    rows = Regrouping.objects.select_related("source", "target")
    mine = rows.filter(source=ticket) | rows.filter(target=ticket)
    regrouping.undo(one(mine, regrouped), by=request.actor, at=request.at)


@operation("GET", f"{TICKET}/links", right=SEE, name="listLinks", gives=Links)
def show_links(request: Call, number: Key) -> dict[str, Any]:
    """List the links of a ticket"""
    ticket = ticket_of(request.actor, number)
    mine = _links(request, ticket)
    return {"items": [_link(each) for each in mine.order_by("pk")[:100]]}


@operation("POST", f"{TICKET}/links", right=REGROUP, name="linkTicket", gives=LinkOut, status=201)
def link(request: Call, number: Key, body: NewLink) -> dict[str, Any]:
    """Link a ticket with another one"""
    ticket, other = ticket_of(request.actor, number), _other(request, body.other)
    kind = LinkKind(body.kind)
    return _link(linking.link(ticket, other, kind=kind, by=request.actor, at=request.at))


@operation("DELETE", f"{TICKET}/links/{{int:made}}", right=REGROUP, name="unlinkTicket")
def unlink(request: Call, number: Key, made: Key) -> None:
    """Undo a link"""
    ticket = ticket_of(request.actor, number)
    mine = _links(request, ticket).select_related("source", "target")
    linking.unlink(one(mine, made), by=request.actor, at=request.at)


def _links(request: Call, ticket: Ticket) -> QuerySet[Link]:
    """The links of a ticket both of whose ends the key sees."""
    seen = Ticket.objects.visible_to(request.actor)
    return Link.objects.between(ticket, seen).filter(undone_at=None)


def _other(request: Call, number: int) -> Ticket:
    return named(Ticket.objects.visible_to(request.actor), number, field="other")


def _messages(request: Call, chosen: list[int]) -> list[Message]:
    seen = Message.objects.visible_to(request.actor)
    return all_named(seen, chosen, field="messages")


def _made(made: Regrouping) -> dict[str, Any]:
    return {
        "id": made.pk,
        "kind": made.kind,
        "source": made.source_id,
        "target": made.target_id,
        "at": made.at,
    }


def _link(made: Link) -> dict[str, Any]:
    return {"id": made.pk, "kind": made.kind, "source": made.source_id, "target": made.target_id}
