"""Whose a ticket is, and what it is about: company, site and equipment."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.reaching import companies_of, named
from ambidesk.parties.companies.models import Site
from ambidesk.service.assets.models import Asset
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.equipping import equip
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import lock

M = TypeVar("M", bound=Model)
PLACES = frozenset({"company_id", "site_id"})


def attribute_as(request: Call, ticket: Ticket, wanted: dict[str, Any]) -> None:
    """
    Say for whom a ticket is and what it is about, as far as a body names it.

    Another company has other sites: without one named it begins with none.

    Raises:
        NoSuchThing: something is out of reach.
        ForeignSite, ForeignAsset: it is another company's.
    """
    actor = request.actor
    if PLACES & wanted.keys():
        row = lock(ticket)
        company, site = row.company, row.site
        if "company_id" in wanted:
            company = _named(companies_of(actor), wanted, "company_id")
            site = site if company and company.pk == row.company_id else None
        if "site_id" in wanted:
            site = _named(Site.objects.visible_to(actor), wanted, "site_id")
        attribute(ticket, company=company, site=site, by=actor, at=request.at)
    if "asset_id" in wanted:
        asset = _named(Asset.objects.visible_to(actor), wanted, "asset_id")
        equip(ticket, asset, by=actor, at=request.at)


def _named(rows: QuerySet[M], wanted: dict[str, Any], field: str) -> M | None:
    return named(rows, wanted[field], field=field) if wanted[field] else None
