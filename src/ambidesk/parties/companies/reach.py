"""Who sees which companies, and what belongs to them: staff with the right see all."""

from django.db.models import Q

from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.branches import Sight
from ambidesk.parties.companies.rights import CompaniesRight


def of_staff(actor: Actor) -> Q | Sight:
    """Staff and keys with the right see every company; the same for sites, contacts and trees."""
    may = actor.is_trusted or actor.may(CompaniesRight.SEE)
    return Sight.EVERYTHING if may else Sight.NOTHING
