"""How a ticket goes on: solved, closed, open again, whose turn it is, asleep, followed."""

from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.reaching import ticket_of
from ambidesk.edge.api.schemas import Input, Instant, Key
from ambidesk.edge.api.v1.ticket_shape import TicketOut, ticket_shown
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.support.tickets import closing, describing, following, snoozing
from ambidesk.support.tickets.models import State
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Tickets"
TICKET = "tickets/{int:number}"


class ForNobody(InvalidInput):
    """Only somebody of the staff can do this."""

    sentence = _("Name in “On-Behalf-Of” the member of staff whom you act for.")


class Turn(Input):
    """Whose turn it is."""

    state: Literal["open", "waiting_requester", "waiting_other", "on_hold"]


class Sleep(Input):
    """Until when it is out of sight."""

    until: Instant


@operation("PUT", f"{TICKET}/solution", right=TicketRight.WORK, name="solveTicket", gives=TicketOut)
def solve(request: Call, number: Key) -> dict[str, Any]:
    """Call the matter solved"""
    closing.solve(ticket_of(request.actor, number), by=request.actor, at=request.at)
    return _now(request, number)


@operation("PUT", f"{TICKET}/closure", right=TicketRight.WORK, name="closeTicket", gives=TicketOut)
def close(request: Call, number: Key) -> dict[str, Any]:
    """Close a ticket"""
    closing.close(ticket_of(request.actor, number), by=request.actor, at=request.at)
    return _now(request, number)


@operation(
    "DELETE", f"{TICKET}/closure", right=TicketRight.WORK, name="reopenTicket", gives=TicketOut
)
def reopen(request: Call, number: Key) -> dict[str, Any]:
    """Open what was solved or closed again"""
    closing.reopen(ticket_of(request.actor, number), by=request.actor, at=request.at)
    return _now(request, number)


@operation("PUT", f"{TICKET}/state", right=TicketRight.WORK, name="setState", gives=TicketOut)
def wait(request: Call, number: Key, body: Turn) -> dict[str, Any]:
    """Say whose turn it is"""
    ticket = ticket_of(request.actor, number)
    closing.wait(ticket, State(body.state), by=request.actor, at=request.at)
    return _now(request, number)


@operation("PUT", f"{TICKET}/snooze", right=TicketRight.WORK, name="snoozeTicket", gives=TicketOut)
def snooze(request: Call, number: Key, body: Sleep) -> dict[str, Any]:
    """Let a ticket sleep"""
    ticket = ticket_of(request.actor, number)
    snoozing.snooze(ticket, until=body.until, by=request.actor, at=request.at)
    return _now(request, number)


@operation("DELETE", f"{TICKET}/snooze", right=TicketRight.WORK, name="wakeTicket", gives=TicketOut)
def wake(request: Call, number: Key) -> dict[str, Any]:
    """Wake a ticket"""
    snoozing.wake(ticket_of(request.actor, number), by=request.actor, at=request.at)
    return _now(request, number)


@operation("PUT", f"{TICKET}/following", right=TicketRight.SEE, name="followTicket")
def follow(request: Call, number: Key) -> None:
    """
    Follow a ticket

    For the member of staff whom the key acts for.
    """
    ticket = ticket_of(request.actor, number)
    require_somebody(request)
    following.follow(ticket, by=request.actor, at=request.at)


@operation("DELETE", f"{TICKET}/following", right=TicketRight.SEE, name="unfollowTicket")
def unfollow(request: Call, number: Key) -> None:
    """Follow a ticket no longer"""
    ticket = ticket_of(request.actor, number)
    require_somebody(request)
    following.unfollow(ticket, by=request.actor)


@operation("PUT", f"{TICKET}/sight", right=TicketRight.WORK, name="markRead")
def read(request: Call, number: Key) -> None:
    """Mark a ticket as read"""
    describing.mark_read(ticket_of(request.actor, number))


def require_somebody(request: Call) -> None:
    """
    Let only those through who act for a member of staff.

    Raises:
        ForNobody: the key acts for itself.
    """
    if request.actor.user_id is None:
        raise ForNobody(field="On-Behalf-Of")


def _now(request: Call, number: int) -> dict[str, Any]:
    return ticket_shown(ticket_of(request.actor, number))
