"""Who sees which equipment: staff that of the companies they see; contacts by their authority."""

from django.db.models import Exists, OuterRef, Q

from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.branches import Sight
from ambidesk.parties.authority.covering import sites_of
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies import reach as companies_reach
from ambidesk.parties.companies.models import Company
from ambidesk.service.assets.models import Asset
from ambidesk.service.assets.rights import AssetRight


def assets_of_visible_companies(actor: Actor) -> Q | Sight:
    """Whoever may see equipment sees that of the companies they see."""
    if actor.is_trusted:
        return Sight.EVERYTHING
    # What a contact sees is cut by sites too: a branch of their authority says it.
    if actor.kind is ActorKind.CONTACT or not actor.may(AssetRight.SEE):
        return Sight.NOTHING
    if companies_reach.of_staff(actor) is Sight.EVERYTHING:
        return Sight.EVERYTHING
    return Q(company__in=Company.objects.visible_to(actor))


def assets_at_covered_sites(actor: Actor) -> Q | Sight:
    """Contacts see what stands at the sites that their authority reaches, or anywhere in all."""
    if actor.kind is not ActorKind.CONTACT or not actor.authorities:
        return Sight.NOTHING
    held = Authority.objects.filter(pk__in=actor.authorities)
    whole = held.filter(scope=ScopeKind.COMPANY).values("company")
    sites = sites_of(held).filter(company__in=actor.companies)
    return Q(company__in=whole) | Q(site__in=sites.values("pk"))


def documents_of_visible_assets(actor: Actor) -> Q | Sight:
    """Whoever sees an asset sees its documents and those of its model."""
    if actor.is_trusted:
        return Sight.EVERYTHING
    seen = Asset.objects.visible_to(actor)
    found = Q(asset__in=seen) | Q(Exists(seen.filter(model=OuterRef("model"))))
    return found & Q(for_clients=True) if actor.kind is ActorKind.CONTACT else found
