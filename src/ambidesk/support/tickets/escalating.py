"""Escalating: to a team of a further line with what was tried, and back with a reason."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.tickets.assigning import Charge, assign, assign_many
from ambidesk.support.tickets.events import TicketEscalated
from ambidesk.support.tickets.following import seen_by
from ambidesk.support.tickets.models import Escalation, EscalationKind, Ticket
from ambidesk.support.tickets.recording import lock_unclosed, record

LONGEST = 4_000
# Of a row of tickets: whether it can be handed back.
CAME_UP = Exists(
    Escalation.objects.filter(
        ticket=OuterRef("pk"),
        kind=EscalationKind.ESCALATED,
        returned_at=None,
        from_line__lt=OuterRef("line"),
    )
)


class NoReason(InvalidInput):
    """Nobody would know why."""

    sentence = _("Say why.")


class NotFurther(Refusal):
    """The team is not on a further line."""

    sentence = _("Team “%(name)s” is on line %(line)s, and so is this ticket, or further.")


class NeverEscalated(Refusal):
    """There is nothing to go back to."""

    sentence = _("Ticket #%(number)s was not escalated to this line.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a ticket goes up, and what was done before."""

    reason: str
    tried: str = ""


@transaction.atomic
def escalate(ticket: Ticket, team: Team, *, why: Why, by: Actor, at: datetime) -> Escalation:
    """
    Give the ticket to a team of a further line.

    Raises:
        NoReason: no word says why.
        NotFurther: the team's line is not further than the ticket's.
        ForeignTeam: the team does not serve the brand.
        AlreadyClosed, AlreadyMerged: the ticket is over.
    """
    reason = _said(why.reason)
    row = lock_unclosed(ticket)
    if team.line <= row.line:
        raise NotFurther(name=team.name, line=team.line)
    made = Escalation.objects.create(
        ticket=row,
        kind=EscalationKind.ESCALATED,
        from_line=row.line,
        to_line=team.line,
        from_team=row.team,
        to_team=team,
        from_assignee=row.assignee,
        user_id=by.user_id,
        reason=reason,
        tried=why.tried.strip()[:LONGEST],
        at=at,
    )
    assign(row, assignee=None, team=team, by=by, at=at)
    _record(made, by=by, at=at)
    return made


@transaction.atomic
def hand_back(ticket: Ticket, *, reason: str, by: Actor, at: datetime) -> Escalation:
    """
    Give the ticket back to the line from which it came, to whoever was in charge there.

    Raises:
        NoReason: no word says why.
        NeverEscalated: it did not come from another line.
        ForeignTeam: that team no longer serves the brand.
        AlreadyClosed, AlreadyMerged: the ticket is over.
    """
    words = _said(reason)
    row = lock_unclosed(ticket)
    came = _standing(row)
    if came is None:
        raise NeverEscalated(number=row.number)
    made = Escalation.objects.create(
        ticket=row,
        kind=EscalationKind.RETURNED,
        from_line=row.line,
        to_line=came.from_line,
        from_team=row.team,
        to_team=came.from_team,
        from_assignee=row.assignee,
        user_id=by.user_id,
        reason=words,
        at=at,
    )
    Escalation.objects.filter(pk=came.pk).update(returned_at=at)
    Ticket.objects.filter(pk=row.pk).update(returned_times=row.returned_times + 1)
    # Whoever had no team was on the first line; a team may have moved to another one since.
    charge = Charge(assignee=_still_there(came, row), team=came.from_team, to_line=came.from_line)
    assign_many([(row, charge)], by=by, at=at).single()
    _record(made, by=by, at=at)
    return made


def can_hand_back(ticket: Ticket) -> bool:
    """Say whether the ticket came from another line."""
    return Ticket.objects.filter(CAME_UP, pk=ticket.pk).exists()


def _standing(ticket: Ticket) -> Escalation | None:
    """The escalation by which the ticket came to where it is."""
    went_up = Escalation.objects.filter(
        ticket=ticket, kind=EscalationKind.ESCALATED, returned_at=None, from_line__lt=ticket.line
    )
    return went_up.select_related("from_team", "from_assignee__user").order_by("-pk").first()


def _still_there(came: Escalation, ticket: Ticket) -> Member | None:
    member = came.from_assignee
    if member is None or not member.user.is_active:
        return None
    seen = seen_by([member.user_id], [ticket.pk])
    return member if ticket.pk in seen[member.user_id] else None


def _said(words: str) -> str:
    if not words.strip():
        raise NoReason(field="reason")
    return words.strip()[:LONGEST]


def _record(made: Escalation, *, by: Actor, at: datetime) -> None:
    event = TicketEscalated(
        ticket_id=made.ticket_id,
        escalation_id=made.pk,
        line=made.to_line,
        before=made.from_line,
        returned=made.kind == EscalationKind.RETURNED,
    )
    record(event, made.ticket, by=by, at=at)
