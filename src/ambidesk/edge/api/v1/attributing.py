"""Whose a ticket is, and what it is about: company, site and equipment."""

from typing import Any

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.reaching import companies_of, named_if
from ambidesk.parties.companies.models import Site
from ambidesk.service.assets.models import Asset
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.equipping import equip
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import lock

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
            company = named_if(companies_of(actor), wanted["company_id"], field="company_id")
            site = site if company and company.pk == row.company_id else None
        if "site_id" in wanted:
            site = named_if(Site.objects.visible_to(actor), wanted["site_id"], field="site_id")
        attribute(ticket, company=company, site=site, by=actor, at=request.at)
    if "asset_id" in wanted:
        asset = named_if(Asset.objects.visible_to(actor), wanted["asset_id"], field="asset_id")
        equip(ticket, asset, by=actor, at=request.at)
