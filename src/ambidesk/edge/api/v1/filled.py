"""Custom fields of tickets: what they are filled with, read and written by their types."""

from typing import Any

from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.reaching import ticket_of
from ambidesk.edge.api.schemas import Id, Input, Key, Output
from ambidesk.edge.api.v1.ticket_shape import FilledOut, filled_shown
from ambidesk.edge.api.v1.tickets import require_match
from ambidesk.ground.fields.rules.values import read
from ambidesk.support.tickets.filling import answers_of, fill, specs_of
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Tickets"
FIELDS = "tickets/{int:number}/fields"


class FilledIn(Input):
    """
    One field and its value; null empties it.

    Numbers may be texts, so that they stay exact; an instant has an offset; choices are ids, and so
    is a person, who has to be one that the key sees; who was joined is read by the id of the first.
    """

    field_id: Id
    value: bool | int | float | str | list[Id] | None = Field(union_mode="left_to_right")


class FilledAnew(Input):
    """Fields to fill; those that are not named stay as they are."""

    fields: list[FilledIn] = Field(min_length=1, max_length=100)


class FieldsOut(Output):
    """The fields that are filled, by their ids; what they are stands under /fields."""

    items: list[FilledOut]


@operation("GET", FIELDS, right=TicketRight.SEE, name="getTicketFields", gives=FieldsOut)
def show(request: Call, number: Key) -> dict[str, Any]:
    """Read the custom fields of a ticket"""
    return _shown(ticket_of(request.actor, number))


@operation("PATCH", FIELDS, right=TicketRight.WORK, name="fillTicketFields", gives=FieldsOut)
def change(request: Call, number: Key, body: FilledAnew) -> dict[str, Any]:
    """
    Fill custom fields of a ticket

    All of them or none: what does not fit is refused by the name of its field.
    """
    ticket = ticket_of(request.actor, number)
    require_match(request, ticket)
    specs = specs_of(each.field_id for each in body.fields)
    answers = {each.field_id: read(specs[each.field_id], each.value) for each in body.fields}
    return _shown(fill(ticket, answers=answers, by=request.actor, at=request.at))


def _shown(ticket: Ticket) -> dict[str, Any]:
    return {"items": filled_shown(answers_of([ticket.pk])[ticket.pk])}
