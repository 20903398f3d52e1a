"""Managing: which colleagues a contact may give authority to, and take it from."""

from datetime import datetime

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.deciding import mandates_of
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.overseeing import over
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.models import Contact
from ambidesk.parties.companies.models.contact import ContactQuerySet


def managed(actor: Actor, *, at: datetime) -> ContactQuerySet:
    """
    The contacts of the companies in which somebody manages colleagues, by name, themselves apart.

    Whoever manages a part of the company sees those who have anything there, and those who have
    nothing yet; whoever manages the whole sees everybody.
    """
    rows = Contact.objects.visible_to(actor).on(day_of(at)).exclude(person=actor.id)
    held = [each for each in mandates_of(actor) if Power.MANAGE in each.powers]
    whole = {each.scope.company for each in held if each.scope.kind is ScopeKind.COMPANY}
    standing = Authority.objects.standing(at).filter(contact__in=rows.exclude(company__in=whole))
    asked = list(standing.with_scope())
    below = {each.pk for each in over(asked, by=actor, at=at)}
    above = {each.contact_id for each in asked if each.pk not in below}
    return (
        rows.exclude(pk__in=above)
        .select_related("person__head", "company")
        .order_by("person__name", "pk")
    )
