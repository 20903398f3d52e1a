"""Choosing macros: those of a ticket's brand and of the actor's teams, the most used first."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from ambidesk.ground.reach.actor import Actor
from ambidesk.support.desk.models import Macro
from ambidesk.support.tickets.reach import places_of


def macros_for(brands: Collection[int], *, by: Actor) -> QuerySet[Macro]:
    """The macros that fit tickets of all these brands."""
    teams = Q(team=None) | Q(team__in=places_of(by).teams)
    fitting = Q(brand=None) | Q(brand__in=brands) if len(brands) == 1 else Q(brand=None)
    return Macro.objects.filter(teams, fitting, archived_at=None).order_by("-used_times", "name")
