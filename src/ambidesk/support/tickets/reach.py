"""Who sees which tickets, and what hangs on them: staff by the brands that their teams serve."""

from django.db.models import Exists, OuterRef, Q

from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.branches import Sight
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.people.models import Person
from ambidesk.parties.people.rights import PeopleRight
from ambidesk.support.tickets.models import Filing, Ticket
from ambidesk.support.tickets.rights import TicketRight


def tickets_of_served_brands(actor: Actor) -> Q | Sight:
    """Staff see the tickets of the brands that their teams serve; some see all."""
    if actor.kind is not ActorKind.USER:
        return Sight.EVERYTHING
    if not actor.may(TicketRight.SEE):
        return Sight.NOTHING
    if actor.may(ReachRight.SEE_EVERYTHING):
        return Sight.EVERYTHING
    return Q(brand__in=served_brands(actor))


def messages_of_visible_tickets(actor: Actor) -> Q | Sight:
    """Whoever sees a ticket sees the messages filed on it."""
    if tickets_of_served_brands(actor) is Sight.NOTHING:
        return Sight.NOTHING
    filed = Filing.objects.filter(message=OuterRef("pk"), withdrawn_at=None)
    return Q(Exists(filed.filter(ticket__in=Ticket.objects.visible_to(actor))))


def attachments_of_visible_tickets(actor: Actor) -> Q | Sight:
    """Whoever sees a message sees its files."""
    if tickets_of_served_brands(actor) is Sight.NOTHING:
        return Sight.NOTHING
    filed = Filing.objects.filter(message=OuterRef("message"), withdrawn_at=None)
    return Q(Exists(filed.filter(ticket__in=Ticket.objects.visible_to(actor))))


def persons_of_visible_tickets(actor: Actor) -> Q | Sight:
    """Whoever sees persons sees those whose tickets they see."""
    if actor.kind is ActorKind.USER and not actor.may(PeopleRight.SEE):
        return Sight.NOTHING
    if tickets_of_served_brands(actor) is Sight.EVERYTHING:
        return Sight.EVERYTHING
    return Q(Exists(Ticket.objects.visible_to(actor).filter(requester=OuterRef("pk"))))


def identities_of_visible_persons(actor: Actor) -> Q | Sight:
    """Whoever sees a person sees their addresses."""
    answer = persons_of_visible_tickets(actor)
    return answer if isinstance(answer, Sight) else Q(person__in=Person.objects.visible_to(actor))


def served_brands(actor: Actor) -> "list[int]":
    """Ids of the brands that the teams of the actor serve."""
    return list(
        Brand.objects.filter(teams__members__user=actor.user_id, teams__archived_at=None)
        .values_list("pk", flat=True)
        .distinct()
    )
