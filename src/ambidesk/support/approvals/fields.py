"""Fields of approvals: what conditions over tickets, guards among them, may ask."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.conditions.fields import Boolean, Derived, Field, Instant
from ambidesk.service.approvals.rules.deciding import Kind, State
from ambidesk.support.approvals.models import Approval


def _given(kind: Kind) -> Derived:
    def sql(_at: datetime) -> Combinable:
        return Exists(Approval.objects.given().filter(ticket=OuterRef("pk"), kind=kind))

    def read(row: Any, _at: datetime) -> object:
        return Approval.objects.given().filter(ticket=row, kind=kind).exists()

    return Derived(sql=sql, read=read)


def _asked_sql(_at: datetime) -> Combinable:
    rows = Approval.objects.filter(ticket=OuterRef("pk"), state=State.WAITING)
    return Subquery(rows.order_by("asked_at").values("asked_at")[:1])


def _asked(row: Any, _at: datetime) -> object:
    rows = Approval.objects.filter(ticket=row, state=State.WAITING).order_by("asked_at")
    return rows.values_list("asked_at", flat=True).first()


FIELDS: tuple[Field, ...] = (
    Boolean(
        name="request_approved", label=_("The request is approved"), derived=_given(Kind.REQUEST)
    ),
    Boolean(name="cost_approved", label=_("The cost is approved"), derived=_given(Kind.COST)),
    Boolean(
        name="works_accepted", label=_("The works are accepted"), derived=_given(Kind.ACCEPTANCE)
    ),
    Instant(
        name="approval_asked_at",
        label=_("Waits for an approval since"),
        derived=Derived(sql=_asked_sql, read=_asked),
        nullable=True,
    ),
)


def approved() -> tuple[Field, ...]:
    """What approvals add to the vocabulary of tickets."""
    return FIELDS


def given_kinds(ticket_id: int) -> frozenset[str]:
    """The kinds that are approved of a ticket and hold now."""
    rows = Approval.objects.given().filter(ticket=ticket_id)
    return frozenset(rows.values_list("kind", flat=True))
