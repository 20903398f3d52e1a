"""What a contact may give to a colleague: no more than they have themselves."""

from datetime import datetime
from typing import Any

from ambidesk.edge.web.ui.granting import GrantForm, Offer, grant_form
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.deciding import mandates_of
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.rules.power import Power, Topic
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.models import Contact, Site, Territory

SCOPES = (ScopeKind.OWN, ScopeKind.SITES, ScopeKind.TERRITORIES, ScopeKind.COMPANY)


def form_for(
    actor: Actor,
    contact: Contact,
    *,
    at: datetime,
    data: Any = None,
    known: Authority | None = None,
) -> GrantForm:
    """Offer what the actor may give to a colleague, and nothing else."""
    held = [each for each in mandates_of(actor) if Power.MANAGE in each.powers]
    held = [each for each in held if each.scope.company == contact.company_id and at in each.period]
    kinds = {each.scope.kind for each in held}
    wide = ScopeKind.COMPANY in kinds
    offered = [
        each
        for each in SCOPES
        if wide or each is ScopeKind.OWN or (each in kinds | _narrower(kinds))
    ]
    company = contact.company_id
    offer = Offer(
        scopes=offered,
        sites=Site.objects.visible_to(actor).filter(company=company).order_by("name"),
        territories=Territory.objects.visible_to(actor).filter(company=company).order_by("name"),
        powers=frozenset[Power]().union(*(each.powers for each in held)),
        told=frozenset[Topic]().union(*(each.told for each in held)),
    )
    return grant_form(offer, data=data, known=known)


def _narrower(kinds: set[ScopeKind]) -> set[ScopeKind]:
    return {ScopeKind.SITES} if ScopeKind.TERRITORIES in kinds else set()
