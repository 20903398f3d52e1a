"""Who sees which facts, figures and saved reports: staff those of the brands they serve."""

from django.db.models import Q

from ambidesk.across.insight.rights import InsightRight
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.branches import Sight
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.support.tickets.reach import places_of, served_brands


def of_served_brands(actor: Actor) -> Q | Sight:
    """Facts and figures of the brands that the actor's teams serve; some see all."""
    if actor.is_trusted:
        return Sight.EVERYTHING
    if not actor.may(InsightRight.SEE):
        return Sight.NOTHING
    if actor.may(ReachRight.SEE_EVERYTHING):
        return Sight.EVERYTHING
    return Q(brand__in=served_brands(actor))


def reports_of_own(actor: Actor) -> Q | Sight:
    """Reports that the actor saved, and those shared with their teams."""
    if actor.user_id is None or not actor.may(InsightRight.SEE):
        return Sight.NOTHING
    return Q(owner=actor.user_id) | Q(team__in=places_of(actor).teams)
