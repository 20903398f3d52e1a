"""Reading: the price and penalty rules of a version, as the arithmetic wants them."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from ambidesk.ground.kernel.money import Money
from ambidesk.service.contracts.models import Decision, PenaltyRule, Price
from ambidesk.service.contracts.rules import penalties, pricing
from ambidesk.service.contracts.rules.stretches import Hours, Night


def rules_of(decision: Decision) -> Sequence[pricing.PriceRule]:
    """Read the prices of the version that decided; without a contract there are none."""
    if decision.version_id is None or decision.contract is None:
        return ()
    currency = decision.contract.currency
    rows = Price.objects.filter(version=decision.version_id).order_by("pk")
    return tuple(price_rule(row, currency) for row in rows)


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
        rate=penalties.Rate(row.rate),
        value=row.value,
        cap=row.cap,
        grace=timedelta(minutes=row.grace_minutes),
        excuses=frozenset(row.excuses),
    )
