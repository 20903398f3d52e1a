"""Serving: under which brand a company is served."""

from ambidesk.parties.brands.models import Brand


def last_brand(company: int) -> Brand | None:
    """The brand in use under which the company was served last; None where there is none."""
    known = Brand.objects.filter(tickets__company=company, archived_at=None)
    return known.order_by("-tickets__pk").first()
