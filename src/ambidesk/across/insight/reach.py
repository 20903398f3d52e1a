"""Who sees which facts and figures: staff those of the brands that their teams serve."""

from django.db.models import Q

from ambidesk.across.insight.rights import InsightRight
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.branches import Sight
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.support.tickets.reach import served_brands


def of_served_brands(actor: Actor) -> Q | Sight:
    """Facts and figures of the brands that the actor's teams serve; some see all."""
    if actor.is_trusted:
        return Sight.EVERYTHING
    if not actor.may(InsightRight.SEE):
        return Sight.NOTHING
    if actor.may(ReachRight.SEE_EVERYTHING):
        return Sight.EVERYTHING
    return Q(brand__in=served_brands(actor))
