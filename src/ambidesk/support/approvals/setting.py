"""Setting how approvals are asked; what was asked before goes on as it was."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.sla.models import ServiceCalendar
from ambidesk.support.approvals.events import ApprovalTermsSet
from ambidesk.support.approvals.models import Terms
from ambidesk.support.approvals.models.terms import ONLY
from ambidesk.support.approvals.rights import ApprovalRight

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=60)


class NotSuchATime(InvalidInput):
    """Too short to answer in, or too long to be silence."""

    sentence = _("Choose between 5 minutes and 60 days.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How it is to be done from now on."""

    patience: timedelta
    calendar: ServiceCalendar | None
    open_for: timedelta
    freely_to: Money


def terms() -> Terms:
    """How approvals are asked now."""
    return Terms.objects.filter(pk=ONLY).select_related("calendar").first() or Terms(pk=ONLY)


@transaction.atomic
def set_terms(wanted: Wanted, *, by: Actor, at: datetime) -> Terms:
    """
    Ask in another way from now on.

    Raises:
        NotEntitled: the actor may not.
        NotSuchATime: a time is out of bounds.
    """
    if not by.may(ApprovalRight.SET):
        raise NotEntitled
    for name in ("patience", "open_for"):
        if not SHORTEST <= getattr(wanted, name) <= LONGEST:
            raise NotSuchATime(field=name)
    row, _is_new = Terms.objects.update_or_create(
        pk=ONLY,
        defaults={
            "patience": wanted.patience,
            "calendar": wanted.calendar,
            "open_for": wanted.open_for,
            "freely_to_minor": wanted.freely_to.minor,
            "currency": wanted.freely_to.currency,
        },
    )
    journal.record(ApprovalTermsSet(terms_id=row.pk), by=by, at=at)
    return row
