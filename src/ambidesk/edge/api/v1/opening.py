"""Opening tickets, one or a hundred at once."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

from django.db.models import QuerySet
from pydantic import Field

from ambidesk.edge.api.door import Call, require_right
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.reaching import (
    NoSuchThing,
    brands_of,
    categories_of,
    channels_of,
    members_of,
    teams_of,
)
from ambidesk.edge.api.schemas import Id, Input, Output
from ambidesk.edge.api.v1.speaking import Files
from ambidesk.edge.api.v1.ticket_shape import (
    PRIORITIES,
    PriorityName,
    TicketOut,
    new_tickets_shown,
)
from ambidesk.parties.people.meeting import Caller, meet_many
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.parties.people.normalising import normal
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.conversations.receiving import InboundFile
from ambidesk.support.conversations.uploading import take_uploads
from ambidesk.support.tickets.assigning import require_sight
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.opening import Opening
from ambidesk.support.tickets.relaying import Relayed, relay_many
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Tickets"
MOST = 100


class Requester(Input):
    """Who asks: by an address, which finds a known person or registers a new one."""

    kind: Literal["email", "phone"] = "email"
    value: str = Field(min_length=1, max_length=320)
    name: str = Field("", max_length=200)


class NewTicket(Input):
    """A ticket to open; `text` is what the requester said."""

    brand_id: Id
    requester: Requester
    subject: str = Field(min_length=1, max_length=300)
    text: str = Field("", max_length=100_000)
    files: Files = Field(default_factory=list)
    channel_id: Id | None = None
    team_id: Id | None = None
    assignee_id: Id | None = None
    request_type_id: Id | None = None
    category_id: Id | None = None
    priority: PriorityName = "normal"


class NewTickets(Input):
    """Up to a hundred tickets: all of them are opened, or none."""

    tickets: list[NewTicket] = Field(min_length=1, max_length=MOST)


class OpenedTickets(Output):
    """The tickets, in the order in which they were sent."""

    tickets: list[TicketOut]


@operation(
    "POST",
    "tickets",
    right=TicketRight.WORK,
    name="openTicket",
    gives=TicketOut,
    status=201,
)
def create(request: Call, body: NewTicket) -> dict[str, Any]:
    """
    Open a ticket

    Send an Idempotency-Key, and asking twice opens one ticket.
    """
    return new_tickets_shown(_opened(request, [body]))[0]


@operation(
    "POST",
    "tickets/bulk",
    right=TicketRight.WORK,
    name="openTickets",
    gives=OpenedTickets,
    status=201,
)
def create_many(request: Call, body: NewTickets) -> dict[str, Any]:
    """Open up to a hundred tickets at once"""
    return {"tickets": new_tickets_shown(_opened(request, body.tickets))}


def _opened(request: Call, wanted: Sequence[NewTicket]) -> list[Ticket]:
    # The answer shows them: who may not see tickets opens none here.
    require_right(request.actor, TicketRight.SEE)
    callers = [_caller(each.requester) for each in wanted]
    known = _Known(request, wanted)
    met = meet_many(callers, by=request.actor, at=request.at)
    relayed = [
        Relayed(
            opening=known.opening(each, met[caller.kind, caller.value]),
            text=each.text.strip(),
            files=_files(request, each),
        )
        for each, caller in zip(wanted, callers, strict=True)
    ]
    tickets = relay_many(relayed, by=request.actor, at=request.at)
    require_sight(tickets)
    for ticket, caller in zip(tickets, callers, strict=True):
        # As they were met: the answer names them.
        ticket.requester = met[caller.kind, caller.value].person
    return tickets


def _files(request: Call, each: NewTicket) -> tuple[InboundFile, ...]:
    brought = take_uploads(each.files, by=request.actor, at=request.at)
    return tuple(InboundFile(blob=blob, name=name) for blob, name in brought)


def _caller(who: Requester) -> Caller:
    kind = IdentityKind(who.kind)
    value = normal(kind, who.value)
    return Caller(kind=kind, value=value, name=who.name.strip(), display=who.value.strip())


class _Known:
    """What many bodies name, each kind of it read once."""

    def __init__(self, request: Call, wanted: Sequence[NewTicket]) -> None:
        actor = request.actor
        rows: dict[str, Callable[[], QuerySet[Any]]] = {
            "brand_id": lambda: brands_of(actor).filter(archived_at=None),
            "channel_id": lambda: channels_of(actor).select_related("team"),
            "team_id": lambda: teams_of(actor).filter(archived_at=None),
            "assignee_id": lambda: members_of(actor).filter(user__is_active=True),
            "request_type_id": lambda: RequestType.objects.filter(archived_at=None),
            "category_id": lambda: categories_of(actor).filter(archived_at=None),
        }
        self._found: dict[str, dict[int, Any]] = {}
        for field, those in rows.items():
            ids = {pk for each in wanted if (pk := getattr(each, field)) is not None}
            self._found[field] = {row.pk: row for row in those().filter(pk__in=ids)} if ids else {}

    def opening(self, each: NewTicket, requester: Identity) -> Opening:
        """What the verb begins with."""
        named = {field: self._one(field, getattr(each, field)) for field in self._found}
        for field in ("channel_id", "category_id"):
            if named[field] and named[field].brand_id not in {None, each.brand_id}:
                raise NoSuchThing(field=f"body.{field}", name=field)
        return Opening(
            brand=named["brand_id"],
            requester=requester,
            subject=each.subject.strip() or each.subject,
            channel=named["channel_id"],
            team=named["team_id"],
            assignee=named["assignee_id"],
            request_type=named["request_type_id"],
            category=named["category_id"],
            priority=PRIORITIES[each.priority],
        )

    def _one(self, field: str, pk: int | None) -> Any:
        if pk is None:
            return None
        if pk not in self._found[field]:
            raise NoSuchThing(field=f"body.{field}", name=field)
        return self._found[field][pk]
