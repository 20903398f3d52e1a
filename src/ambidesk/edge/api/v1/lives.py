"""The life of a ticket: its timeline from the journal, its clocks with their reasons."""

from typing import Any, Literal

from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.reaching import ticket_of
from ambidesk.edge.api.schemas import Input, Instant, Key, Output
from ambidesk.ground.kernel import journal
from ambidesk.support.promises.explaining import told_of
from ambidesk.support.tickets.rights import TicketRight

NOUN = "The life of a ticket"
TICKET = "tickets/{int:number}"
MOST = 100


class EntryOut(Output):
    """
    Something that happened; `data` holds ids, states and numbers, never a text.

    Where a key acted for a user, `behalf` there is the user's id.
    """

    id: int
    at: Instant
    kind: str = Field(description="For example tickets.state_changed")
    actor_kind: str
    actor_id: int | None
    data: dict[str, Any]


class Timeline(Output):
    """Up to a hundred things that happened, the oldest first."""

    items: list[EntryOut]
    more: bool = Field(description="Whether more happened before the first of these")


class Earlier(Input):
    """Where to go on."""

    before: Key | None = Field(None, description="The `id` of the first entry of the page read")


class ClockOut(Output):
    """One promise: what is owed, until when, and why then."""

    label: str
    state: Literal["running", "paused", "met", "missed"]
    due_at: Instant | None
    met_at: Instant | None
    left_seconds: int
    reasons: list[str]


class Clocks(Output):
    """The clocks of a ticket, what is still owed first."""

    items: list[ClockOut]


@operation("GET", f"{TICKET}/timeline", right=TicketRight.SEE, name="getTimeline", gives=Timeline)
def show(request: Call, number: Key, earlier: Query[Earlier]) -> dict[str, Any]:
    """
    Read what happened to a ticket

    The latest hundred entries, or the latest hundred `before` one of them.
    """
    ticket = ticket_of(request.actor, number)
    found = journal.entries_of("ticket", ticket.pk, limit=MOST + 1, before=earlier.before)
    return {
        "more": len(found) > MOST,
        "items": [
            {
                "id": each.position.sequence,
                "at": each.at,
                "kind": each.kind,
                "actor_kind": each.actor_kind,
                "actor_id": each.actor_id,
                "data": dict(each.data),
            }
            for each in found[-MOST:]
        ],
    }


@operation("GET", f"{TICKET}/clocks", right=TicketRight.SEE, name="getClocks", gives=Clocks)
def show_clocks(request: Call, number: Key) -> dict[str, Any]:
    """Read the promises of a ticket, with reasons in words"""
    told = told_of(ticket_of(request.actor, number), at=request.at)
    return {
        "items": [
            {
                "label": each.label,
                "state": each.state,
                "due_at": each.due_at,
                "met_at": each.met_at,
                "left_seconds": int(each.left.total_seconds()),
                "reasons": list(each.reasons),
            }
            for each in told
        ]
    }
