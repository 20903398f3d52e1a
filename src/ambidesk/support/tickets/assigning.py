"""Assigning: who is in charge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.journal import Event
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.granting import actor_of
from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.tickets.events import LineChanged, TicketAssigned
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.outcomes import Outcome
from ambidesk.support.tickets.recording import lock_many_unclosed, record_each, write
from ambidesk.support.tickets.rules.states import waiting_for

CHARGED = ("assignee", "team", "line", "state", "waiting_for")


class CannotSeeIt(Refusal):
    """The new owner would not see the ticket."""

    sentence = _("%(name)s does not serve this brand and could not see the ticket.")


class ForeignTeam(Refusal):
    """The team does not serve the brand."""

    sentence = _("Team “%(name)s” does not serve the brand of this ticket.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """Who is in charge: a member, a team, both or nobody; on which line where not the team's."""

    assignee: Member | None = None
    team: Team | None = None
    to_line: int | None = None

    @property
    def keys(self) -> tuple[int | None, int | None]:
        """The keys of both."""
        return self.assignee.pk if self.assignee else None, self.team.pk if self.team else None

    @property
    def line(self) -> int | None:
        """The line to go to, where there is one."""
        return self.to_line or (self.team.line if self.team else None)


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
    charge = Charge(assignee=assignee, team=team)
    return assign_many([(ticket, charge)], by=by, at=at).single()


@transaction.atomic
def assign_many(charges: Sequence[tuple[Ticket, Charge]], *, by: Actor, at: datetime) -> Outcome:
    """Put somebody in charge of each of many tickets."""
    wanted = {ticket.pk: charge for ticket, charge in charges}
    rows, refused = lock_many_unclosed(ticket for ticket, _charge in charges)
    refused |= _blind(rows, wanted)
    done = [row for row in rows if row.pk not in refused]
    events = [
        event
        for row in done
        for event in charged(row, wanted[row.pk].keys, line=wanted[row.pk].line)
    ]
    write(done, CHARGED)
    record_each(events, done, by=by, at=at)
    return Outcome(done=tuple(done), refused=refused)


def hand_over(
    ticket: Ticket,
    *,
    assignee_id: int | None,
    team_id: int | None,
    reason: Event | None = None,
    by: Actor,
    at: datetime,
) -> Ticket:
    """
    Put them in charge of a ticket that the caller holds locked, unclosed, and has proved they see.

    `reason` is journalled beside the change; where nothing changes it stands alone.
    """
    unchanged = (ticket.assignee_id, ticket.team_id) == (assignee_id, team_id)
    line = _line_of(team_id) if team_id and team_id != ticket.team_id else None
    changes = charged(ticket, (assignee_id, team_id), line=line)
    write([ticket], CHARGED)
    events: list[Event] = [reason] if reason else []
    record_each(events if reason and unchanged else [*changes, *events], [ticket], by=by, at=at)
    return ticket


def require_sight(tickets: Sequence[Ticket]) -> None:
    """
    Look whether those who are in charge of new tickets see and serve them.

    Raises:
        CannotSeeIt, ForeignTeam: they do not.
    """
    charges = {row.pk: Charge(assignee=row.assignee, team=row.team) for row in tickets}
    for refusal in _blind(tickets, charges).values():
        raise refusal


def _line_of(team_id: int) -> int | None:
    return Team.objects.filter(pk=team_id).values_list("line", flat=True).first()


def charged(
    ticket: Ticket, charge: tuple[int | None, int | None], *, line: int | None
) -> list[Event]:
    """Put them in charge of a row that the caller holds and writes; to its team's line, or none."""
    assignee_id, team_id = charge
    event = TicketAssigned(
        ticket_id=ticket.pk,
        assignee_id=assignee_id,
        team_id=team_id,
        before_assignee_id=ticket.assignee_id,
        before_team_id=ticket.team_id,
    )
    ticket.assignee_id = assignee_id
    ticket.team_id = team_id
    if assignee_id and ticket.state == State.NEW:
        ticket.state = State.OPEN
        ticket.waiting_for = waiting_for(State.OPEN)
    if line is None or line == ticket.line:
        return [event]
    before, ticket.line = ticket.line, line
    return [event, LineChanged(ticket_id=ticket.pk, line=line, before=before)]


def _blind(rows: Sequence[Ticket], wanted: dict[int, Charge]) -> dict[int, Refusal]:
    """Say which tickets their new owner could not see, or their new team does not serve."""
    refused: dict[int, Refusal] = {}
    for member in {charge.assignee for charge in wanted.values() if charge.assignee}:
        theirs = [row for row in rows if wanted[row.pk].assignee == member]
        numbers = [row.pk for row in theirs]
        visible = Ticket.objects.visible_to(actor_of(member.user)).filter(pk__in=numbers)
        seen = set(visible.values_list("pk", flat=True))
        refused |= {row.pk: CannotSeeIt(name=member.name) for row in theirs if row.pk not in seen}
    for team in {charge.team for charge in wanted.values() if charge.team}:
        brands = set(team.brands.values_list("pk", flat=True))
        refused |= {
            row.pk: ForeignTeam(name=team.name)
            for row in rows
            if wanted[row.pk].team == team and row.brand_id not in brands
        }
    return refused
