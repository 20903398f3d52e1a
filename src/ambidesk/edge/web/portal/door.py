"""What every page of the portal does first: fetch what its contact sees, behind the wall."""

from django.http import Http404

from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.companies.models import Company
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.serving import last_brand

NEEDED = ("brand", "site", "company", "request_type", "requester__head")


def ticket_of(request: Request, number: int) -> Ticket:
    """
    Give a request that the contact sees.

    Raises:
        Http404: there is none, for them.
    """
    rows = Ticket.objects.visible_to(request.actor).select_related(*NEEDED)
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def brand_of(company: Company) -> Brand:
    """The face under which a company is served: that of its latest request, else the first."""
    brand = last_brand(company.pk) or Brand.objects.filter(archived_at=None).order_by("pk").first()
    if brand is None:
        raise Http404
    return brand
