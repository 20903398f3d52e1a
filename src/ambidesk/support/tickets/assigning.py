"""Assigning: who is in charge."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.granting import actor_of
from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.tickets.events import TicketAssigned
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.recording import lock_unclosed, record
from ambidesk.support.tickets.rules.states import waiting_for


class CannotSeeIt(Refusal):
    """The new owner would not see the ticket."""

    sentence = _("%(name)s does not serve this brand and could not see the ticket.")


class ForeignTeam(Refusal):
    """The team does not serve the brand."""

    sentence = _("Team “%(name)s” does not serve the brand of this ticket.")


@transaction.atomic
def assign(
    ticket: Ticket, *, assignee: Member | None, team: Team | None, by: Actor, at: datetime
) -> Ticket:
    """
    Put a member, a team, both or nobody in charge.

    Raises:
        AlreadyClosed, AlreadyMerged: the ticket is over.
        CannotSeeIt: the member does not serve the brand.
        ForeignTeam: the team does not serve the brand.
    """
    ticket = lock_unclosed(ticket)
    _require_sight(ticket, assignee, team)
    event = TicketAssigned(
        ticket_id=ticket.pk,
        assignee_id=assignee.pk if assignee else None,
        team_id=team.pk if team else None,
        before_assignee_id=ticket.assignee_id,
        before_team_id=ticket.team_id,
    )
    ticket.assignee = assignee
    ticket.team = team
    if assignee and ticket.state == State.NEW:
        ticket.state = State.OPEN
        ticket.waiting_for = waiting_for(State.OPEN)
    ticket.save(update_fields=["assignee", "team", "state", "waiting_for"])
    record(event, ticket, by=by, at=at)
    return ticket


def _require_sight(ticket: Ticket, assignee: Member | None, team: Team | None) -> None:
    if assignee:
        theirs = Ticket.objects.visible_to(actor_of(assignee.user))
        if not theirs.filter(pk=ticket.pk).exists():
            raise CannotSeeIt(name=assignee.name)
    if team and not team.brands.filter(pk=ticket.brand_id).exists():
        raise ForeignTeam(name=team.name)
