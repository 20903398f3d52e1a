"""Which teams a lead sees: those that serve nothing but brands whose tickets they see."""

from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.staff.models import Team
from ambidesk.support.tickets.reach import served_brands


def teams_of(actor: Actor) -> list[Team]:
    """List the teams in use that the actor may look at."""
    teams = Team.objects.filter(archived_at=None).prefetch_related("brands").order_by("name")
    if actor.may(ReachRight.SEE_EVERYTHING):
        return list(teams)
    seen = set(served_brands(actor))
    return [team for team in teams if {brand.pk for brand in team.brands.all()} <= seen]
