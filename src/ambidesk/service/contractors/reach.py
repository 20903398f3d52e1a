"""Who sees which contractors: whoever of the staff sees companies."""

from django.db.models import Q

from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.branches import Sight
from ambidesk.parties.companies import reach as companies_reach


def of_staff(actor: Actor) -> Q | Sight:
    """Their rates are no one else's business."""
    return companies_reach.of_staff(actor)
