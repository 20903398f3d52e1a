"""Who sees which calls: whoever sees tickets of the brand that was called."""

from django.db.models import Q

from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.branches import Sight
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.reach import served_brands, tickets_of_served_brands


def calls_of_served_brands(actor: Actor) -> Q | Sight:
    """Staff see calls on tickets they see, and those on none yet of the brands they serve."""
    if actor.kind is ActorKind.CONTACT:
        return Sight.NOTHING
    answer = tickets_of_served_brands(actor)
    if isinstance(answer, Sight):
        return answer
    fresh = Q(ticket=None, channel__brand__in=served_brands(actor))
    return fresh | Q(ticket__in=Ticket.objects.visible_to(actor))
