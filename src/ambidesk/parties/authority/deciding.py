"""Deciding: what a contact may do, see and be told at a place; who may approve an amount there."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.rules.power import Mandate, Power, approvers, may
from ambidesk.parties.authority.rules.scope import Place
from ambidesk.parties.companies.models import Contact, Site

# The company, the site and the requester of a request.
Stand = tuple[int, int | None, int]


def place_of(*, company_id: int, site_id: int | None, requester_id: int | None = None) -> Place:
    """Say where a request stands: its site with the territory, who asked and their department."""
    path = Site.objects.filter(pk=site_id or 0).values_list("territory__path", flat=True).first()
    asked = Contact.objects.filter(person=requester_id or 0, company=company_id)
    placed = asked.exclude(department=None).order_by("-since_on")
    department = placed.values_list("department_id", flat=True).first()
    return Place(
        company=company_id,
        site=site_id,
        territory=path or "",
        department=department,
        requester=requester_id,
    )


def places_of(stands: Collection[Stand]) -> Mapping[Stand, Place]:
    """Say where requests stand; the same two questions for one and for many."""
    paths = dict(
        Site.objects.filter(pk__in={site for _company, site, _who in stands if site}).values_list(
            "pk", "territory__path"
        )
    )
    asked = Contact.objects.filter(
        person__in={who for _company, _site, who in stands},
        company__in={company for company, _site, _who in stands},
    )
    placed = asked.exclude(department=None).order_by("since_on")
    rooms = {
        (company, who): department
        for company, who, department in placed.values_list("company", "person", "department")
    }
    return {
        (company, site, who): Place(
            company=company,
            site=site,
            territory=paths.get(site or 0) or "",
            department=rooms.get((company, who)),
            requester=who,
        )
        for company, site, who in stands
    }


def mandates_of(actor: Actor) -> Sequence[Mandate]:
    """All by which a contact acts in this request."""
    rows = Authority.objects.filter(pk__in=actor.authorities).with_scope().order_by("pk")
    return [row.mandate for row in rows]


def mandates_in(company_id: int, *, at: datetime) -> Sequence[Mandate]:
    """All that hold in a company."""
    rows = Authority.objects.standing(at).filter(company=company_id).with_scope()
    return [row.mandate for row in rows.order_by("pk")]


def may_at(
    actor: Actor, power: Power, *, place: Place, at: datetime, amount: Money | None = None
) -> bool:
    """Whether a contact may do it there; the desk's own people and parts are not asked."""
    return may(mandates_of(actor), power, place=place, at=at, amount=amount)


def who_may(
    power: Power, place: Place, *, at: datetime, amount: Money | None = None
) -> tuple[tuple[int, ...], ...]:
    """
    Say which contacts may do it at a place up to an amount, those of the nearest scope first.

    Each step has the ids of contacts that stand equally near: one is asked after the other.
    """
    held = mandates_in(place.company, at=at)
    return approvers(held, power, place=place, at=at, amount=amount)
