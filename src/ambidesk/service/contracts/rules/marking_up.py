"""
Marking up: what a part or an expense costs the client beyond what it cost us.

So many per cent of the cost, but at least an amount, and the sum is rounded up to a step; each is
a line of its own. A credit has no mark-up. In a foreign currency only the per cent counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from ambidesk.ground.kernel.money import Money
from ambidesk.service.contracts.rules.pricing import NONE, ONE, Charge, Why

PER_CENT = Decimal(100)


class OfCost(StrEnum):
    """What costs are marked up by a rule."""

    PARTS = "parts"
    COSTS = "costs"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkUp:
    """
    One rule; without `service` it is for all kinds of requests.

    `least` is the least mark-up of one cost, `step` what cost and mark-up together are rounded
    up to; both are of the contract's currency.
    """

    key: int
    clause: str
    of: OfCost
    percent: Decimal
    least: Money
    step: Decimal = NONE
    service: int | None = None


def mark_up_for(rules: Sequence[MarkUp], *, of: OfCost, service: int | None) -> MarkUp | None:
    """Choose the rule: the one for the kind of request goes before the one for all of them."""
    fits = [rule for rule in rules if rule.of is of and rule.service in {None, service}]
    return min(fits, key=lambda rule: (rule.service is None, rule.clause, rule.key), default=None)


def marked_up(rule: MarkUp, cost: Money) -> Iterator[Charge]:
    """Give the lines that come on top of a cost."""
    if cost.amount <= 0:
        return
    share = cost.times(rule.percent / PER_CENT)
    if share:
        yield _line(rule, Why.MARKUP, cost, share, factor=rule.percent / PER_CENT)
    if cost.currency != rule.least.currency:
        return
    if share < rule.least:
        missing = (rule.least - share).rounded()
        share += missing
        yield _line(rule, Why.MINIMUM, missing, missing)
    if rule.step > 0:
        so_far = (cost.rounded() + share).amount
        stepped = (so_far / rule.step).to_integral_value(rounding=ROUND_CEILING) * rule.step
        if rest := Money(stepped - so_far, cost.currency).rounded():
            yield _line(rule, Why.ROUNDING, rest, rest)


def _line(rule: MarkUp, why: Why, price: Money, amount: Money, *, factor: Decimal = ONE) -> Charge:
    return Charge(
        rule=rule.key,
        clause=rule.clause,
        why=why,
        quantity=ONE,
        price=price,
        factor=factor,
        amount=amount,
    )
