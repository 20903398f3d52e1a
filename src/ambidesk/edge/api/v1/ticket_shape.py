"""The shape of a ticket in answers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from ambidesk.edge.api.schemas import Instant, Output
from ambidesk.ground.fields.rules.values import Value, written
from ambidesk.service.catalogue.models import Tag
from ambidesk.support.tickets.filling import answers_of
from ambidesk.support.tickets.models import Priority, Ticket

StateName = Literal[
    "new", "open", "waiting_requester", "waiting_other", "on_hold", "solved", "closed"
]
PriorityName = Literal["low", "normal", "high", "urgent"]
PRIORITIES = {each.name.lower(): each for each in Priority}


class PersonRef(Output):
    """A person, by id and name."""

    id: int
    name: str


class IdentityRef(Output):
    """An address of a person."""

    id: int
    kind: str = Field(description="email, phone, messenger or visitor")
    value: str
    name: str


class FilledOut(Output):
    """
    What a custom field is filled with.

    Words, days and instants are texts, exact numbers too; choices are their ids, a person is one.
    """

    field_id: int
    value: bool | int | str | list[int]


class TicketOut(Output):
    """One request, from its first message to its closing."""

    number: int
    subject: str
    state: StateName
    waiting_for: Literal["us", "requester", "other", "nobody"]
    priority: PriorityName
    brand_id: int
    channel_id: int | None
    request_type_id: int | None
    category_id: int | None
    team_id: int | None
    assignee_id: int | None = Field(description="A member of staff")
    company_id: int | None
    site_id: int | None
    asset_id: int | None
    line: int
    requester: PersonRef
    identity: IdentityRef | None = Field(description="The address they asked from")
    tags: list[str]
    fields: list[FilledOut]
    is_unread: bool
    is_suspended: bool = Field(description="Nobody may trust it yet")
    opened_at: Instant
    last_at: Instant
    first_answered_at: Instant | None
    due_at: Instant | None = Field(description="The next promised instant")
    snoozed_until: Instant | None
    solved_at: Instant | None
    closed_at: Instant | None
    merged_into: int | None


# What is read beside tickets to show them.
BESIDE = ("requester", "requester_identity")
# What a ticket says under the names of its columns.
SAME = tuple(
    name
    for name in TicketOut.model_fields
    if name
    not in {
        "priority",
        "requester",
        "identity",
        "tags",
        "fields",
        "is_unread",
        "is_suspended",
        "merged_into",
    }
)


def tickets_shown(tickets: Sequence[Ticket]) -> list[dict[str, Any]]:
    """Show tickets, their tags and custom fields read at once."""
    numbers = [ticket.pk for ticket in tickets]
    tags, fields = _tags(numbers), answers_of(numbers)
    return [_shown(each, tags.get(each.pk, []), fields[each.pk]) for each in tickets]


def ticket_shown(ticket: Ticket) -> dict[str, Any]:
    """Show one ticket."""
    return tickets_shown([ticket])[0]


def new_tickets_shown(tickets: Sequence[Ticket]) -> list[dict[str, Any]]:
    """Show tickets that were just opened from an address: nothing hangs on them yet."""
    return [_shown(each, [], {}) for each in tickets]


def _shown(ticket: Ticket, tags: list[str], fields: Mapping[int, Value]) -> dict[str, Any]:
    identity = ticket.requester_identity
    told = {name: getattr(ticket, name) for name in SAME}
    return told | {
        "priority": Priority(ticket.priority).name.lower(),
        "requester": {"id": ticket.requester_id, "name": ticket.requester.name},
        "identity": identity_shown(identity) if identity else None,
        "tags": tags,
        "fields": filled_shown(fields),
        "is_unread": ticket.unread,
        "is_suspended": ticket.suspended,
        "merged_into": ticket.merged_into_id,
    }


def filled_shown(fields: Mapping[int, Value]) -> list[dict[str, Any]]:
    """Show what custom fields are filled with."""
    return [{"field_id": key, "value": written(fields[key])} for key in sorted(fields)]


def identity_shown(identity: Any) -> dict[str, Any]:
    """Show an address."""
    return {
        "id": identity.pk,
        "kind": identity.kind,
        "value": identity.value,
        "name": identity.name,
    }


def _tags(numbers: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Tag.objects.filter(taggings__ticket__in=list(numbers)).order_by("name")
    for number, name in rows.values_list("taggings__ticket", "name"):
        found.setdefault(number, []).append(name)
    return found
