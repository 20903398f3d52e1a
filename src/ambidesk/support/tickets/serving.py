"""Serving: under which brands companies are served."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef

from ambidesk.parties.brands.models import Brand
from ambidesk.support.tickets.models import Ticket


def last_brand(company: int) -> Brand | None:
    """The brand in use under which the company was served last; None where there is none."""
    known = Brand.objects.filter(tickets__company=company, archived_at=None)
    return known.order_by("-tickets__pk").first()


def brands_serving(companies: Collection[int]) -> tuple[int, ...]:
    """Every brand in use that served one of the companies; before the first time, the first."""
    used = Brand.objects.filter(archived_at=None).order_by("pk")
    theirs = Ticket.objects.filter(brand=OuterRef("pk"), company__in=companies)
    found = tuple(used.filter(Exists(theirs)).values_list("pk", flat=True))
    return found or tuple(used.values_list("pk", flat=True)[:1])
