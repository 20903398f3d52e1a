"""Opening: a ticket begins, by a message, by hand or for a caller."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.people.models import Identity, Person
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.catalogue.models import Category, RequestType
from ambidesk.support.conversations.models import Channel, Message
from ambidesk.support.tickets.describing import foreign_to
from ambidesk.support.tickets.events import TicketOpened
from ambidesk.support.tickets.filing import preview_of
from ambidesk.support.tickets.models import Filing, Priority, State, Ticket, WaitingFor
from ambidesk.support.tickets.recording import tell
from ambidesk.support.tickets.rules.lines import FIRST
from ambidesk.support.tickets.rules.suspension import SuspendedFor


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """
    What a new ticket begins with; the requester is a person where no address is known.

    `suspended` is set for what nobody may trust yet: it stands in a view of its own, with the
    reason where one is given.
    """

    brand: Brand
    requester: Identity | Person
    subject: str
    message: Message | None = None
    channel: Channel | None = None
    team: Team | None = None
    assignee: Member | None = None
    request_type: RequestType | None = None
    category: Category | None = None
    priority: Priority = Priority.NORMAL
    suspended: bool = False
    suspended_for: SuspendedFor | None = None
    opened_at: datetime | None = None


def open_ticket(opening: Opening, *, by: Actor, at: datetime) -> Ticket:
    """
    Open one ticket.

    Raises:
        ForeignCategory: the category is of another brand.
    """
    return open_many([opening], by=by, at=at)[0]


@transaction.atomic(savepoint=False)
def open_many(openings: Sequence[Opening], *, by: Actor, at: datetime) -> list[Ticket]:
    """
    Open tickets in the given order, their first messages filed.

    Raises:
        ForeignCategory: one would be about something of another brand.
    """
    new = [_ticket(opening, at) for opening in openings]
    for ticket in new:
        if refusal := foreign_to(ticket, ticket.category):
            raise refusal
    tickets = Ticket.objects.bulk_create(new)
    Filing.objects.bulk_create(
        [
            Filing(ticket=ticket, message=opening.message, filed_at=ticket.opened_at)
            for ticket, opening in zip(tickets, openings, strict=True)
            if opening.message
        ]
    )
    journal.record_many(
        [
            TicketOpened(
                ticket_id=ticket.pk,
                person_id=ticket.requester_id,
                brand_id=ticket.brand_id,
                channel_id=ticket.channel_id,
                team_id=ticket.team_id,
            )
            for ticket in tickets
        ],
        by=by,
        at=[ticket.opened_at for ticket in tickets],
    )
    tell(tickets)
    return tickets


def _ticket(opening: Opening, at: datetime) -> Ticket:
    opened_at = opening.opened_at or at
    said = opening.message
    team = opening.team or (opening.channel.team if opening.channel else None)
    asks = opening.requester
    identity = asks if isinstance(asks, Identity) else None
    return Ticket(
        brand=opening.brand,
        channel=opening.channel,
        request_type=opening.request_type,
        category=opening.category,
        subject=opening.subject[:300],
        preview=preview_of(said) if said else "",
        requester_id=identity.person_id if identity else asks.pk,
        requester_identity=identity,
        team=team,
        line=team.line if team else FIRST,
        assignee=opening.assignee,
        state=State.NEW,
        waiting_for=WaitingFor.US,
        priority=opening.priority,
        suspended=opening.suspended or opening.suspended_for is not None,
        suspended_for=opening.suspended_for or "",
        opened_at=opened_at,
        last_at=max(opened_at, said.recorded_at) if said else opened_at,
        last_inbound_at=said.recorded_at if said else None,
        waiting_since=opened_at,
    )
