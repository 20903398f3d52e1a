"""
Used: what was done or spent, and how it falls into what a package gives and what goes beyond.

The first of the work is what the package gives; each part keeps its own hours of the day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from ambidesk.ground.calendars.spec import MINUTES_OF_DAY, CalendarSpec, Span
from ambidesk.ground.kernel.money import Money
from ambidesk.service.contracts.rules.marking_up import OfCost
from ambidesk.service.contracts.rules.packages import Unit
from ambidesk.service.contracts.rules.pricing import (
    FLAT,
    Basis,
    Charge,
    PriceRule,
    price_hours,
    price_quantity,
)
from ambidesk.service.contracts.rules.stretches import Hours, Night, divided

CENT = Decimal("0.01")
MINUTES = 60
BASES = {
    Unit.HOURS: Basis.HOUR,
    Unit.VISITS: Basis.VISIT,
    Unit.UNITS: Basis.UNIT,
    Unit.POINTS: Basis.POINT,
}
WORKING_WEEK = (*((Span(0, MINUTES_OF_DAY),),) * 5, (), ())
NO_NIGHT = Night(starts=0, until=0)


class Kind(StrEnum):
    """Of what a cost is; a line of a contract has a share for each."""

    PARTS = "parts"
    LABOUR = "labour"
    TRAVEL = "travel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """
    What a part or an expense cost us; a credit is below nothing.

    `kind` says by which share it is covered, `of` by which rule it is marked up.
    """

    kind: Kind
    of: OfCost
    on: date
    amount: Money
    quantity: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """
    So much of a unit on a day; of hours the minutes count.

    Without `began` hours are of the day but of no time of it: they are never of the night.
    """

    unit: Unit
    on: date
    quantity: Decimal = Decimal(0)
    minutes: int = 0
    began: datetime | None = None

    @property
    def amount(self) -> Decimal:
        """What a package is asked for."""
        if self.unit is not Unit.HOURS:
            return self.quantity
        return (Decimal(self.minutes) / MINUTES).quantize(CENT, rounding=ROUND_HALF_UP)

    def split(self, inside: Decimal) -> "tuple[Used | None, Used | None]":
        """Divide into what was given and what goes beyond; nothing is None."""
        if inside >= self.amount:
            return self, None
        if inside <= 0:
            return None, self
        if self.unit is not Unit.HOURS:
            beyond = self.quantity - inside
            return replace(self, quantity=inside), replace(self, quantity=beyond)
        given = int((inside * MINUTES).to_integral_value(rounding=ROUND_HALF_UP))
        later = self.began and self.began + timedelta(minutes=given)
        rest = replace(self, minutes=self.minutes - given, began=later)
        return replace(self, minutes=given), rest


def working_week(spec: CalendarSpec) -> CalendarSpec:
    """Make of a calendar what prices ask: a weekend is one, whatever hours the service has."""
    return replace(spec, week=WORKING_WEEK)


def priced(rule: PriceRule, used: Used, *, spec: CalendarSpec) -> Sequence[Charge]:
    """Price what was done by a rule."""
    if used.unit is not Unit.HOURS or rule.basis in FLAT:
        return price_quantity(rule, used.quantity)
    return price_hours(rule, _hours(rule, used, spec))


def _hours(rule: PriceRule, used: Used, spec: CalendarSpec) -> Mapping[Hours, timedelta]:
    length = timedelta(minutes=used.minutes)
    night = rule.night if used.began else NO_NIGHT
    began = used.began or datetime.combine(used.on, time(), tzinfo=ZoneInfo(spec.zone))
    found = divided(began, began + length, spec=spec, night=night, factors=rule.factors)
    if used.began is None and len(found) > 1:
        # A day of 23 hours: what it does not hold is of the same kind.
        return {max(found, key=lambda hours: found[hours]): length}
    return found
