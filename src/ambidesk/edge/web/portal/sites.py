"""Where a contact may ask for something: sites of their authorities, or the company at large."""

from dataclasses import dataclass
from datetime import datetime

from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.covering import sites_with
from ambidesk.parties.authority.deciding import mandates_of
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.models import Company, Site
from ambidesk.parties.companies.models.company import CompanyQuerySet

MOST = 1000
# Those who ask for themselves, or for all, may ask for something at no site.
ANYWHERE = frozenset({ScopeKind.OWN, ScopeKind.COMPANY, ScopeKind.DEPARTMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A place to choose."""

    company: Company
    site: Site | None = None

    @property
    def value(self) -> str:
        """What is sent for it."""
        return f"site-{self.site.pk}" if self.site else f"company-{self.company.pk}"

    @property
    def name(self) -> str:
        """How it is called."""
        return self.site.name if self.site else self.company.name


def can_ask(actor: Actor, *, at: datetime) -> bool:
    """Whether there is any place at all."""
    if sites_with(actor, Power.CREATE).exists():
        return True
    return _wide(actor, at=at).exists()


def choice_of(actor: Actor, value: str, *, at: datetime) -> Choice | None:
    """The place that was chosen, if it is one for them."""
    kind, _dash, number = value.partition("-")
    if not number.isdecimal() or len(number) > 17:
        return None
    if kind == "site":
        rows = sites_with(actor, Power.CREATE).select_related("company")
        site = rows.filter(pk=int(number)).first()
        return Choice(company=site.company, site=site) if site else None
    company = _wide(actor, at=at).filter(pk=int(number)).first() if kind == "company" else None
    return Choice(company=company) if company else None


def choices_of(actor: Actor, *, at: datetime) -> tuple[Choice, ...]:
    """The places at which the contact may open requests, sites by name."""
    sites = sites_with(actor, Power.CREATE).select_related("company")[:MOST]
    companies = _wide(actor, at=at)
    at_sites = [Choice(company=site.company, site=site) for site in sites]
    return (*at_sites, *(Choice(company=each) for each in companies))


def _wide(actor: Actor, *, at: datetime) -> CompanyQuerySet:
    """The companies for which something may be asked at no site."""
    held = [
        each for each in mandates_of(actor) if Power.CREATE in each.powers and at in each.period
    ]
    wide = {each.scope.company for each in held if each.scope.kind in ANYWHERE}
    return Company.objects.visible_to(actor).served().filter(pk__in=wide).order_by("name")
