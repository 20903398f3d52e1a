"""Performing: from the parameters of an action to its verb; rows are found, then one call."""

from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.tickets import answering, assigning, closing, describing, linking, regrouping
from ambidesk.support.tickets import snoozing as sleeping
from ambidesk.support.tickets.actions import parameters
from ambidesk.support.tickets.answering import Answer
from ambidesk.support.tickets.models import Ticket

Row = TypeVar("Row", bound=Model)


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


def assign(ticket: Ticket, given: parameters.Charge, *, by: Actor, at: datetime) -> object:
    """Put somebody in charge."""
    members = Member.objects.filter(user__is_active=True)
    teams = Team.objects.filter(archived_at=None)
    who, team = given.assignee_id, given.team_id
    return assigning.assign(
        ticket,
        assignee=None if who is None else found(members, who, field="assignee_id"),
        team=None if team is None else found(teams, team, field="team_id"),
        by=by,
        at=at,
    )


def answer(ticket: Ticket, given: parameters.Text, *, by: Actor, at: datetime) -> object:
    """Answer the requester."""
    asked = ticket.requester_identity
    said = Answer(
        text=given.text,
        to=(asked,) if asked and not asked.erased_at else (),
        due_at=at,
        automatic=by.user_id is None,
    )
    return answering.answer(ticket, said, by=by, at=at)


def note(ticket: Ticket, given: parameters.Text, *, by: Actor, at: datetime) -> object:
    """Leave a note."""
    return describing.note(ticket, text=given.text, by=by, at=at)


def rename(ticket: Ticket, given: parameters.Subject, *, by: Actor, at: datetime) -> object:
    """Set the subject."""
    return describing.rename(ticket, subject=given.subject, by=by, at=at)


def tag(ticket: Ticket, given: parameters.Tags, *, by: Actor, at: datetime) -> object:
    """Put tags on and take tags off."""
    tags = Tag.objects.all()
    add = [found(tags, key, field="add_ids") for key in given.add_ids]
    remove = [found(tags, key, field="remove_ids") for key in given.remove_ids]
    return describing.tag(ticket, add=add, remove=remove, by=by, at=at)


def prioritise(ticket: Ticket, given: parameters.Urgency, *, by: Actor, at: datetime) -> object:
    """Set the priority."""
    return describing.prioritise(ticket, priority=given.priority, by=by, at=at)


def categorise(ticket: Ticket, given: parameters.About, *, by: Actor, at: datetime) -> object:
    """Say what the ticket is about."""
    rows, key = Category.objects.filter(archived_at=None), given.category_id
    category = None if key is None else found(rows, key, field="category_id")
    return describing.categorise(ticket, category=category, by=by, at=at)


def convert(ticket: Ticket, given: parameters.Kind, *, by: Actor, at: datetime) -> object:
    """Make it a ticket of another type."""
    rows, key = RequestType.objects.filter(archived_at=None), given.request_type_id
    kind = None if key is None else found(rows, key, field="request_type_id")
    return describing.convert(ticket, request_type=kind, by=by, at=at)


def wait(ticket: Ticket, given: parameters.Turn, *, by: Actor, at: datetime) -> object:
    """Set the state."""
    return closing.wait(ticket, given.state, by=by, at=at)


def snooze(ticket: Ticket, given: parameters.Until, *, by: Actor, at: datetime) -> object:
    """Let it sleep."""
    return sleeping.snooze(ticket, until=given.until, by=by, at=at)


def wake(ticket: Ticket, _given: parameters.Nothing, *, by: Actor, at: datetime) -> object:
    """Wake it."""
    return sleeping.wake(ticket, by=by, at=at)


def solve(ticket: Ticket, _given: parameters.Nothing, *, by: Actor, at: datetime) -> object:
    """Call it solved."""
    return closing.solve(ticket, by=by, at=at)


def close(ticket: Ticket, _given: parameters.Nothing, *, by: Actor, at: datetime) -> object:
    """Close it."""
    return closing.close(ticket, by=by, at=at)


def reopen(ticket: Ticket, _given: parameters.Nothing, *, by: Actor, at: datetime) -> object:
    """Open it again."""
    return closing.reopen(ticket, by=by, at=at)


def merge(ticket: Ticket, given: parameters.Into, *, by: Actor, at: datetime) -> object:
    """Put it onto another one."""
    target = found(Ticket.objects.visible_to(by), given.ticket_id, field="ticket_id")
    return regrouping.merge(ticket, target, by=by, at=at)


def link(ticket: Ticket, given: parameters.Other, *, by: Actor, at: datetime) -> object:
    """Link it to another one."""
    target = found(Ticket.objects.visible_to(by), given.ticket_id, field="ticket_id")
    return linking.link(ticket, target, kind=given.kind, by=by, at=at)
