"""Covering: which sites the authorities of a contact reach, as questions for the database."""

from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.models import Authority, AuthorityQuerySet
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.models import Path, Site, Territory


def held_by(actor: Actor, *scopes: ScopeKind) -> AuthorityQuerySet:
    """The authorities of these scopes by which a contact acts in this request."""
    return Authority.objects.filter(pk__in=actor.authorities, scope__in=scopes)


def sites_with(actor: Actor, power: Power) -> QuerySet[Site]:
    """The sites at which a contact has a power, by name; those that are served."""
    able = Authority.objects.filter(pk__in=actor.authorities, powers__contains=[power.value])
    served = sites_of(able).filter(archived_at=None, company__archived_at=None)
    return served.filter(company__in=actor.companies).order_by("name")


def sites_of(held: AuthorityQuerySet) -> QuerySet[Site]:
    """The sites that authorities reach: chosen ones, those of areas, all of a company."""
    chosen = Authority.sites.through.objects.filter(authority__in=held)
    below = territories_below(held.filter(scope=ScopeKind.TERRITORIES))
    anywhere = held.filter(scope=ScopeKind.COMPANY).values("company")
    return Site.objects.filter(
        Q(pk__in=chosen.values("site"))
        | Q(territory__in=below.values("pk"))
        | Q(company__in=anywhere)
    )


def territories_below(held: AuthorityQuerySet) -> QuerySet[Territory]:
    """The territories of authorities, and all below them in the same companies."""
    above = Authority.territories.through.objects.filter(
        authority__in=held, territory__company=OuterRef("company")
    )
    asked = ExpressionWrapper(OuterRef("path"), output_field=Path())
    return Territory.objects.filter(
        Exists(above.annotate(asked=asked).filter(asked__within=F("territory__path"))),  # type: ignore[misc]  # its own annotation
        company__in=held.values("company"),
    )
