"""
Pricing: what work costs by a price rule of a contract, line by line.

Each line names the rule and why it is there; every line is rounded once, the sum is theirs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from ambidesk.ground.kernel.money import Money, total
from ambidesk.service.contracts.rules.deciding import GIVES, Verdict
from ambidesk.service.contracts.rules.lines import ALL
from ambidesk.service.contracts.rules.stretches import Factors, Hours, Night

ONE = Decimal(1)
NONE = Decimal(0)
HOUR = timedelta(hours=1)
DEAREST_FIRST = tuple(Hours)


class Basis(StrEnum):
    """What a price is for."""

    HOUR = "hour"
    VISIT = "visit"
    UNIT = "unit"
    POINT = "point"
    FIXED = "fixed"
    LINE = "line"


# Prices that do not ask how much it was.
FLAT = frozenset({Basis.FIXED, Basis.LINE})


class Why(StrEnum):
    """Why a line is there."""

    ORDINARY = "ordinary"
    NIGHT = "night"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    ROUNDING = "rounding"
    MINIMUM = "minimum"
    COVERED = "covered"
    LIMIT = "limit"
    INCLUDED = "included"
    COST = "cost"
    MARKUP = "markup"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRule:
    """
    One price; without `service` it is for all kinds of requests.

    `step` is what a quantity is rounded up to, `least` the least quantity that is charged and
    `minimum` the least amount.
    """

    key: int
    clause: str
    basis: Basis
    price: Money
    service: int | None = None
    step: Decimal = NONE
    least: Decimal = NONE
    minimum: Money | None = None
    factors: Factors = field(default_factory=dict)
    night: Night = field(default_factory=Night)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One line: the rule that made it, why, and quantity × price × factor; costs have no rule."""

    rule: int | None
    clause: str
    why: Why
    quantity: Decimal
    price: Money
    factor: Decimal
    amount: Money


def rule_for(rules: Sequence[PriceRule], *, basis: Basis, service: int | None) -> PriceRule | None:
    """
    Choose the rule: the one for the kind of request goes before the one for all of them.

    Of equals a price for the whole request goes first, then one for each entry.
    """
    order = (Basis.FIXED, Basis.LINE, basis)
    fits = [rule for rule in rules if rule.basis in order and rule.service in {None, service}]
    return min(
        fits,
        key=lambda rule: (rule.service is None, order.index(rule.basis), rule.clause, rule.key),
        default=None,
    )


def price_hours(rule: PriceRule, worked: Mapping[Hours, timedelta]) -> list[Charge]:
    """
    Price working time that was divided into kinds of hours.

    What rounding up adds is ordinary time; so is what is missing to the least quantity.
    """
    return _priced(rule, {hours: _hours(length) for hours, length in worked.items()})


def price_quantity(rule: PriceRule, quantity: Decimal) -> list[Charge]:
    """Price visits, units or points; a flat price is the same whatever the quantity."""
    counted = ONE if rule.basis in FLAT else quantity
    if counted < 0:
        raise ValueError("nothing is charged below nothing")
    return _priced(rule, {Hours.ORDINARY: counted})


def included(rule: PriceRule, quantity: Decimal) -> Charge:
    """Say that the price of the whole request has this in it."""
    zero = Money.zero(rule.price.currency)
    return Charge(
        rule=rule.key,
        clause=rule.clause,
        why=Why.INCLUDED,
        quantity=quantity,
        price=zero,
        factor=ONE,
        amount=zero,
    )


def at_cost(cost: Money, quantity: Decimal, *, clause: str) -> Charge:
    """Make the line of a part or an expense, as it cost us; a credit is below nothing."""
    return Charge(
        rule=None,
        clause=clause,
        why=Why.COST,
        quantity=quantity,
        price=Money(cost.amount / quantity, cost.currency),
        factor=ONE,
        amount=cost.rounded(),
    )


def less_covered(charges: Sequence[Charge], *, share: int) -> list[Charge]:
    """Add to each line what the contract covers of it, in per cent, as a line of its own."""
    if not 0 <= share <= ALL:
        raise ValueError(f"a share is 0 to 100 per cent, not {share}")
    found: list[Charge] = []
    for each in charges:
        found.append(each)
        covered = each.amount.times(Decimal(share) / ALL)
        if covered:
            found.append(
                Charge(
                    rule=each.rule,
                    clause=each.clause,
                    why=Why.COVERED,
                    quantity=each.quantity,
                    price=each.price,
                    factor=-each.factor * share / ALL,
                    amount=-covered,
                )
            )
    return found


def sum_of(charges: Sequence[Charge], *, currency: str) -> Money:
    """Add the lines up."""
    return total((each.amount for each in charges), currency=currency)


def needs_estimate(verdict: Verdict) -> bool:
    """Whether the client approves an estimate before anything is done."""
    return GIVES[verdict] <= GIVES[Verdict.CHARGEABLE] and verdict is not Verdict.REFUSED


def _priced(rule: PriceRule, quantities: Mapping[Hours, Decimal]) -> list[Charge]:
    found = [
        _charge(rule, Why(hours.value), quantities[hours], rule.factors.get(hours, ONE))
        for hours in DEAREST_FIRST
        if quantities.get(hours, NONE) > 0
    ]
    found += _rounded_up(rule, sum(quantities.values(), start=NONE))
    so_far = sum_of(found, currency=rule.price.currency)
    if rule.minimum is not None and found and so_far < rule.minimum:
        missing = rule.minimum - so_far
        found.append(
            Charge(
                rule=rule.key,
                clause=rule.clause,
                why=Why.MINIMUM,
                quantity=ONE,
                price=missing,
                factor=ONE,
                amount=missing.rounded(),
            )
        )
    return found


def _rounded_up(rule: PriceRule, quantity: Decimal) -> Iterator[Charge]:
    if quantity <= 0:
        return
    stepped = quantity
    if rule.step > 0:
        stepped = (quantity / rule.step).to_integral_value(rounding=ROUND_CEILING) * rule.step
    if stepped > quantity:
        yield _charge(rule, Why.ROUNDING, stepped - quantity, ONE)
    if stepped < rule.least:
        yield _charge(rule, Why.MINIMUM, rule.least - stepped, ONE)


def _charge(rule: PriceRule, why: Why, quantity: Decimal, factor: Decimal) -> Charge:
    return Charge(
        rule=rule.key,
        clause=rule.clause,
        why=why,
        quantity=quantity,
        price=rule.price,
        factor=factor,
        amount=rule.price.times(quantity * factor),
    )


def _hours(length: timedelta) -> Decimal:
    return Decimal(length // timedelta(microseconds=1)) / (HOUR // timedelta(microseconds=1))
