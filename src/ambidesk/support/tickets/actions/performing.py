"""Performing: from the parameters of an action to its verb; rows are found, then one call."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.fields.rules import values
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.tickets import (
    answering,
    assigning,
    closing,
    describing,
    escalating,
    filling,
    linking,
    noting,
    regrouping,
)
from ambidesk.support.tickets import snoozing as sleeping
from ambidesk.support.tickets.actions import parameters
from ambidesk.support.tickets.answering import GRACE, Answer
from ambidesk.support.tickets.assigning import Charge
from ambidesk.support.tickets.models import State, Ticket

Row = TypeVar("Row", bound=Model)
Tickets = Sequence[Ticket]
# Why which tickets refused, by ticket; the others did it.
Refused = Mapping[int, Refusal]
MOST_HOURS = 24 * 365


class NoSuchRow(InvalidInput):
    """A parameter names what is not there, or what the actor may not see."""

    sentence = _("What this action names does not exist any more.")


def found(rows: QuerySet[Row], key: int, *, field: str) -> Row:
    """
    Find the row that a parameter names.

    Raises:
        NoSuchRow: there is none.
    """
    row = rows.filter(pk=key).first() if 0 < key < 2**63 else None
    if row is None:
        raise NoSuchRow(field=field)
    return row


def assign(tickets: Tickets, given: parameters.Charge, *, by: Actor, at: datetime) -> Refused:
    """Put somebody in charge."""
    who, team = given.assignee_id, given.team_id
    charge = Charge(
        assignee=None if who is None else found(_members(), who, field="assignee_id"),
        team=None if team is None else found(_teams(), team, field="team_id"),
    )
    charges = [(ticket, charge) for ticket in tickets]
    return assigning.assign_many(charges, by=by, at=at).refused


def give(tickets: Tickets, given: parameters.Colleague, *, by: Actor, at: datetime) -> Refused:
    """Put somebody in charge; the team stays."""
    who = given.assignee_id
    assignee = None if who is None else found(_members(), who, field="assignee_id")
    return _reassigned(tickets, assignee, by=by, at=at)


def take(tickets: Tickets, _given: parameters.Nothing, *, by: Actor, at: datetime) -> Refused:
    """Put whoever acts in charge; the team stays."""
    me = found(_members().filter(user=by.user_id), _own(by), field="assignee_id")
    return _reassigned(tickets, me, by=by, at=at)


def hand_over(tickets: Tickets, given: parameters.Crew, *, by: Actor, at: datetime) -> Refused:
    """Give it to a team; whoever was in charge is so no longer."""
    charge = Charge(team=found(_teams(), given.team_id, field="team_id"))
    charges = [(ticket, charge) for ticket in tickets]
    return assigning.assign_many(charges, by=by, at=at).refused


def answer(tickets: Tickets, given: parameters.Text, *, by: Actor, at: datetime) -> Refused:
    """Answer the requester."""
    return answer_each([(ticket, given.text) for ticket in tickets], by=by, at=at)


def answer_each(pairs: Sequence[tuple[Ticket, str]], *, by: Actor, at: datetime) -> Refused:
    """Answer the requester of each ticket in words of its own."""
    said = [(ticket, _to_requester(ticket, text, by=by, at=at)) for ticket, text in pairs]
    _messages, refused = answering.answer_many(said, by=by, at=at)
    return refused


def note(tickets: Tickets, given: parameters.Text, *, by: Actor, at: datetime) -> Refused:
    """Leave a note."""
    noting.note_many(tickets, text=given.text, by=by, at=at)
    return {}


def rename(tickets: Tickets, given: parameters.Subject, *, by: Actor, at: datetime) -> Refused:
    """Set the subject."""
    pairs = [(ticket, given.subject) for ticket in tickets]
    return describing.rename_many(pairs, by=by, at=at).refused


def tag(tickets: Tickets, given: parameters.Tags, *, by: Actor, at: datetime) -> Refused:
    """Put tags on and take tags off."""
    tags = Tag.objects.all()
    standing = tags.filter(archived_at=None)
    add = [found(standing, key, field="add_ids") for key in given.add_ids]
    remove = [found(tags, key, field="remove_ids") for key in given.remove_ids]
    return describing.tag_many(tickets, add=add, remove=remove, by=by, at=at).refused


def prioritise(tickets: Tickets, given: parameters.Urgency, *, by: Actor, at: datetime) -> Refused:
    """Set the priority."""
    pairs = [(ticket, given.priority) for ticket in tickets]
    return describing.prioritise_many(pairs, by=by, at=at).refused


def categorise(tickets: Tickets, given: parameters.About, *, by: Actor, at: datetime) -> Refused:
    """Say what the ticket is about."""
    rows, key = Category.objects.filter(archived_at=None), given.category_id
    category = None if key is None else found(rows, key, field="category_id")
    pairs = [(ticket, category) for ticket in tickets]
    return describing.categorise_many(pairs, by=by, at=at).refused


def convert(tickets: Tickets, given: parameters.Kind, *, by: Actor, at: datetime) -> Refused:
    """Make it a ticket of another type."""
    rows, key = RequestType.objects.filter(archived_at=None), given.request_type_id
    kind = None if key is None else found(rows, key, field="request_type_id")
    pairs = [(ticket, kind) for ticket in tickets]
    return describing.convert_many(pairs, by=by, at=at).refused


def fill(tickets: Tickets, given: parameters.Filling, *, by: Actor, at: datetime) -> Refused:
    """Fill in a custom field."""
    answer = _answer_in(given)
    pairs = [(ticket, answer) for ticket in tickets]
    return filling.fill_many(pairs, by=by, at=at).refused


def fits(given: parameters.Filling) -> None:
    """
    Look whether a field can be filled so.

    Raises:
        NoSuchField, a FieldRefusal: it is out of use, or this is no value of it.
    """
    _answer_in(given)


def wait(tickets: Tickets, given: parameters.Turn, *, by: Actor, at: datetime) -> Refused:
    """Set the state."""
    return closing.wait_many(tickets, given.state, by=by, at=at).refused


def snooze(tickets: Tickets, given: parameters.Until, *, by: Actor, at: datetime) -> Refused:
    """Let it sleep."""
    pairs = [(ticket, given.until) for ticket in tickets]
    return sleeping.snooze_many(pairs, by=by, at=at).refused


def snooze_for(tickets: Tickets, given: parameters.Hours, *, by: Actor, at: datetime) -> Refused:
    """Let it sleep for so many hours."""
    if given.hours <= 0:
        raise sleeping.InThePast(field="hours")
    until = at + timedelta(hours=min(given.hours, MOST_HOURS))
    return sleeping.snooze_many([(each, until) for each in tickets], by=by, at=at).refused


def wake(tickets: Tickets, _given: parameters.Nothing, *, by: Actor, at: datetime) -> Refused:
    """Wake it."""
    return sleeping.wake_many(tickets, by=by, at=at).refused


def solve(tickets: Tickets, _given: parameters.Nothing, *, by: Actor, at: datetime) -> Refused:
    """Call it solved."""
    return closing.wait_many(tickets, State.SOLVED, by=by, at=at).refused


def close(tickets: Tickets, _given: parameters.Nothing, *, by: Actor, at: datetime) -> Refused:
    """Close it."""
    return closing.wait_many(tickets, State.CLOSED, by=by, at=at).refused


def reopen(tickets: Tickets, _given: parameters.Nothing, *, by: Actor, at: datetime) -> Refused:
    """Open it again."""
    return closing.reopen_many(tickets, by=by, at=at).refused


def escalate(ticket: Ticket, given: parameters.Upwards, *, by: Actor, at: datetime) -> object:
    """Give it to a further line."""
    team = found(_teams(), given.team_id, field="team_id")
    why = escalating.Why(reason=given.reason, tried=given.tried)
    return escalating.escalate(ticket, team, why=why, by=by, at=at)


def hand_back(ticket: Ticket, given: parameters.Because, *, by: Actor, at: datetime) -> object:
    """Give it back to the line from which it came."""
    return escalating.hand_back(ticket, reason=given.reason, by=by, at=at)


def merge(ticket: Ticket, given: parameters.Into, *, by: Actor, at: datetime) -> object:
    """Put it onto another one."""
    target = found(Ticket.objects.visible_to(by), given.ticket_id, field="ticket_id")
    return regrouping.merge(ticket, target, by=by, at=at)


def link(ticket: Ticket, given: parameters.Other, *, by: Actor, at: datetime) -> object:
    """Link it to another one."""
    target = found(Ticket.objects.visible_to(by), given.ticket_id, field="ticket_id")
    return linking.link(ticket, target, kind=given.kind, by=by, at=at)


def _reassigned(tickets: Tickets, assignee: Member | None, *, by: Actor, at: datetime) -> Refused:
    teams = Team.objects.in_bulk({each.team_id for each in tickets if each.team_id})
    charges = [
        (each, Charge(assignee=assignee, team=teams.get(each.team_id or 0))) for each in tickets
    ]
    return assigning.assign_many(charges, by=by, at=at).refused


def _to_requester(ticket: Ticket, text: str, *, by: Actor, at: datetime) -> Answer:
    asked = ticket.requester_identity
    return Answer(
        text=text,
        to=(asked,) if asked and not asked.erased_at else (),
        due_at=at + GRACE,
        automatic=by.user_id is None,
    )


def _answer_in(given: parameters.Filling) -> filling.Answers:
    spec = filling.specs_of([given.field_id])[given.field_id]
    return {spec.id: values.typed(spec, given.given, zone=get_default_timezone())}


def _own(by: Actor) -> int:
    own = Member.objects.filter(user=by.user_id).values_list("pk", flat=True).first()
    return own or 0


def _members() -> QuerySet[Member]:
    return Member.objects.filter(user__is_active=True)


def _teams() -> QuerySet[Team]:
    return Team.objects.filter(archived_at=None)
