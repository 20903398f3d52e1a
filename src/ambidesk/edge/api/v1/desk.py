"""What operators work with: views, macros, the queue, notices."""

from typing import Any, Literal

from django.db.models import Q
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.reaching import brands_of, one, teams_of, ticket_of
from ambidesk.edge.api.schemas import Input, Instant, Key, Output
from ambidesk.edge.api.v1.ticket_shape import TicketOut, ticket_shown
from ambidesk.edge.api.v1.turning import require_somebody
from ambidesk.parties.staff.models import Member
from ambidesk.support.desk.batches.beginning import apply_macro
from ambidesk.support.desk.macros.choosing import macros_for
from ambidesk.support.desk.viewing import views_for
from ambidesk.support.notifications.reading import read_all
from ambidesk.support.routing.attending import set_status
from ambidesk.support.routing.models import Status
from ambidesk.support.routing.rights import RoutingRight
from ambidesk.support.routing.taking import take_next
from ambidesk.support.tickets.noticing import notices_of
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Desk"
SEE, WORK = TicketRight.SEE, TicketRight.WORK


class ViewOut(Output):
    """A view; its key is what lists of tickets take as `view`."""

    key: str
    name: str
    is_saved: bool


class Views(Output):
    """The views of the key, or of whom it acts for."""

    items: list[ViewOut]


class StatusOut(Input):
    """Whether an operator takes work."""

    status: Literal["online", "busy", "away", "invisible"]


class NoticeOut(Output):
    """Something that a member of staff was told."""

    id: int
    kind: str
    ticket: int = Field(description="The number of the ticket")
    at: Instant
    is_read: bool


class Notices(Output):
    """The latest hundred notices."""

    items: list[NoticeOut]


@operation("GET", "views", right=SEE, name="listViews", gives=Views)
def show_views(request: Call) -> dict[str, Any]:
    """List views"""
    views = views_for(request.actor)
    return {
        "items": [
            {"key": view.slug, "name": str(view.name), "is_saved": view.saved is not None}
            for view in views
        ]
    }


@operation(
    "POST",
    "tickets/{int:number}/macros/{int:macro}",
    right=WORK,
    name="applyMacro",
    gives=TicketOut,
)
def apply(request: Call, number: Key, macro: Key) -> dict[str, Any]:
    """
    Apply a macro to a ticket

    For the member of staff whom the key acts for; all of its steps or none.
    """
    ticket = ticket_of(request.actor, number)
    require_somebody(request)
    fitting = macros_for([ticket.brand_id], by=request.actor)
    apply_macro(one(fitting, macro), ticket, by=request.actor, at=request.at)
    return ticket_shown(ticket_of(request.actor, number))


@operation("POST", "queue/next", right=RoutingRight.TAKE, name="takeNext", gives=TicketOut)
def take(request: Call) -> dict[str, Any]:
    """
    Take the next ticket

    For the member of staff whom the key acts for.
    """
    taken = take_next(_member(request), by=request.actor, at=request.at)
    return ticket_shown(ticket_of(request.actor, taken.number))


@operation("PUT", "queue/status", right=RoutingRight.TAKE, name="setStatus", gives=StatusOut)
def change_status(request: Call, body: StatusOut) -> dict[str, Any]:
    """Say whether somebody takes work"""
    set_status(_member(request), Status(body.status), by=request.actor, at=request.at)
    return {"status": body.status}


@operation("GET", "notices", right=SEE, name="listNotices", gives=Notices)
def show_notices(request: Call) -> dict[str, Any]:
    """List what the member of staff whom the key acts for was told"""
    require_somebody(request)
    return {
        "items": [
            {
                "id": each.pk,
                "kind": each.kind,
                "ticket": each.subject_id,
                "at": each.at,
                "is_read": each.read_at is not None,
            }
            for each in notices_of(request.actor)[:100]
        ]
    }


@operation("PUT", "notices/sight", right=SEE, name="readNotices")
def read_notices(request: Call) -> None:
    """Mark all notices as read"""
    require_somebody(request)
    read_all(by=request.actor, at=request.at)


def _member(request: Call) -> Member:
    require_somebody(request)
    return Member.objects.select_related("user").get(user=request.actor.user_id)


def ours(request: Call) -> Q:
    """What is for all brands and teams, or for those that the key reaches."""
    brands, teams = brands_of(request.actor), teams_of(request.actor)
    return (Q(brand=None) | Q(brand__in=brands)) & (Q(team=None) | Q(team__in=teams))
