"""Beside: what is read of approvals together with a ticket."""

from django.db.models import CharField, Count, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from ambidesk.support.approvals.models import Approval


def approvals_beside() -> Subquery:
    """The latest approval with its state and how many were asked, read with the ticket."""
    rows = Approval.objects.filter(ticket=OuterRef("pk")).order_by("-pk")
    counted = rows.annotate(number=Count("asked"))
    mark = Concat(
        Cast("pk", CharField()), Value(" "), F("state"), Value(" "), Cast("number", CharField())
    )
    return Subquery(counted.values(mark=mark)[:1])
