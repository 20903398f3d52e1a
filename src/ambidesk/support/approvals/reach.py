"""Reach: staff see approvals of tickets that they see, contacts those that they were asked."""

from django.db.models import Exists, OuterRef, Q

from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.branches import Sight
from ambidesk.parties.people.models import Person
from ambidesk.support.approvals.models import Asked
from ambidesk.support.tickets.models import Ticket


def of_staff(actor: Actor) -> Q | Sight:
    """Whoever sees the ticket sees what was asked about it."""
    if actor.kind is ActorKind.CONTACT:
        return Sight.NOTHING
    return Q(ticket__in=Ticket.objects.visible_to(actor))


def of_asked(actor: Actor) -> Q | Sight:
    """A contact sees what they were asked for the company; whether they may still is asked anew."""
    if actor.kind is not ActorKind.CONTACT or not actor.authorities:
        return Sight.NOTHING
    them = Person.objects.filter(pk=actor.id or 0).values("whole")
    mine = Asked.objects.filter(approval=OuterRef("pk"), contact__person__whole__in=them)
    return Q(
        Exists(mine),
        company__in=actor.companies,
        ticket__in=Ticket.objects.visible_to(actor),
    )
