"""Reading: the rules of a version as the arithmetic wants them, and what facts cost now."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from ambidesk.ground.kernel.money import Money
from ambidesk.service.charges.models import Charge
from ambidesk.service.contracts.models import (
    Coverage,
    Decision,
    EntryKind,
    Package,
    PackageEntry,
    PenaltyRule,
    Price,
)
from ambidesk.service.contracts.models.line import MARK_UPS
from ambidesk.service.contracts.packaging import Source
from ambidesk.service.contracts.rules import marking_up, penalties, pricing
from ambidesk.service.contracts.rules.stretches import Hours, Night


def standing(source: Source) -> Sequence[Charge]:
    """Read what a fact costs now: its lines that were not taken back."""
    rows = _standing().filter(source_kind=source.kind, source_id=source.id)
    return list(rows.order_by("number"))


def others(coverage: Coverage, source: Source) -> QuerySet[Charge]:
    """Give what all other facts of a request cost now."""
    rows = _standing().filter(coverage=coverage).order_by()
    return rows.exclude(source_kind=source.kind, source_id=source.id)


def pressed(package: Package, *, since: date) -> Sequence[Source]:
    """Find the facts from a day on that ask a package for hours or pieces and cost something."""
    lines = _standing().filter(source_kind=OuterRef("source_kind"), source_id=OuterRef("source_id"))
    rows = PackageEntry.objects.filter(
        Exists(lines), package=package, kind=EntryKind.DRAWN, returned_by=None, on__gte=since
    )
    pairs = rows.order_by("pk").values_list("source_kind", "source_id")
    return [Source(kind=kind, id=number or 0) for kind, number in pairs]


def _standing() -> QuerySet[Charge]:
    return Charge.objects.filter(reverses=None, reversal=None)


def rules_of(decision: Decision) -> Sequence[pricing.PriceRule]:
    """Read the prices of the version that decided; without a contract there are none."""
    if decision.version_id is None or decision.contract is None:
        return ()
    currency = decision.contract.currency
    rows = Price.objects.filter(version=decision.version_id).exclude(basis__in=MARK_UPS)
    return tuple(price_rule(row, currency) for row in rows.order_by("pk"))


def mark_ups_of(decision: Decision) -> Sequence[marking_up.MarkUp]:
    """Read the mark-ups of the version that decided."""
    if decision.version_id is None or decision.contract is None:
        return ()
    currency = decision.contract.currency
    rows = Price.objects.filter(version=decision.version_id, basis__in=MARK_UPS)
    return tuple(_mark_up(row, currency) for row in rows.order_by("pk"))


def _mark_up(row: Price, currency: str) -> marking_up.MarkUp:
    return marking_up.MarkUp(
        key=row.pk,
        clause=row.clause,
        of=marking_up.OfCost(row.basis),
        percent=row.price,
        least=Money(row.minimum or Decimal(0), currency),
        step=row.step,
        service=row.service_id,
    )


def price_rule(row: Price, currency: str) -> pricing.PriceRule:
    """Make the rule of a price."""
    factors: dict[Hours, Decimal] = {
        Hours.NIGHT: row.night,
        Hours.WEEKEND: row.weekend,
        Hours.HOLIDAY: row.holiday,
    }
    return pricing.PriceRule(
        key=row.pk,
        clause=row.clause,
        basis=pricing.Basis(row.basis),
        price=Money(row.price, currency),
        service=row.service_id,
        step=row.step,
        least=row.least,
        minimum=None if row.minimum is None else Money(row.minimum, currency),
        factors=factors,
        night=Night(starts=row.night_starts, until=row.night_until),
    )


def penalty_rule(row: PenaltyRule) -> penalties.PenaltyRule:
    """Make the rule of a penalty."""
    return penalties.PenaltyRule(
        key=row.pk,
        clause=row.clause,
        goal=row.goal,
        stages=row.stages,
        rate=penalties.Rate(row.rate),
        value=row.value,
        cap=row.cap,
        grace=timedelta(minutes=row.grace_minutes),
        excuses=frozenset(row.excuses),
    )
