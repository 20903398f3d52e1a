"""Who sees which incidents: whoever sees the tickets of the brand."""

from django.db.models import Q

from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.branches import Sight
from ambidesk.support.tickets.reach import tickets_of_served_brands


def incidents_of_served_brands(actor: Actor) -> Q | Sight:
    """Staff see the incidents of the brands that their teams serve; some see all."""
    return tickets_of_served_brands(actor)
