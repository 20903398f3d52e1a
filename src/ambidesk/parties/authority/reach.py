"""What contacts see of their companies: sites and areas they reach, colleagues they manage."""

from django.db.models import Q

from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.branches import Sight
from ambidesk.parties.authority.covering import held_by, sites_of, territories_below
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.rules.scope import ScopeKind


def own_companies(actor: Actor) -> Q | Sight:
    """The companies that somebody speaks for."""
    return Q(pk__in=actor.companies) if _acts(actor) else Sight.NOTHING


def covered_sites(actor: Actor) -> Q | Sight:
    """The sites that an authority reaches."""
    if not _acts(actor):
        return Sight.NOTHING
    held = Authority.objects.filter(pk__in=actor.authorities)
    return Q(pk__in=sites_of(held).values("pk"), company__in=actor.companies)


def covered_territories(actor: Actor) -> Q | Sight:
    """The areas that an authority reaches."""
    if not _acts(actor):
        return Sight.NOTHING
    below = territories_below(held_by(actor, ScopeKind.TERRITORIES))
    whole = held_by(actor, ScopeKind.COMPANY).values("company")
    return Q(pk__in=below.values("pk")) | Q(company__in=whole)


def managed_contacts(actor: Actor) -> Q | Sight:
    """The contacts of the companies in which somebody manages colleagues."""
    if not _acts(actor):
        return Sight.NOTHING
    able = Authority.objects.filter(pk__in=actor.authorities, powers__contains=[Power.MANAGE.value])
    return Q(company__in=able.values("company"))


def _acts(actor: Actor) -> bool:
    return actor.kind is ActorKind.CONTACT and bool(actor.authorities)
