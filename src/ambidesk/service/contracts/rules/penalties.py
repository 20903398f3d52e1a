"""
Penalties: what late work costs us by a contract, in money.

Each rule has a rate, a cap for its period and its clause; what is excused is listed with the
reason and costs nothing, so that nobody has to wonder where a breach went.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from ambidesk.ground.kernel.money import Money

PER_CENT = Decimal(100)


class Rate(StrEnum):
    """What a rate is of: money each time or each begun hour or day, or per cent of the fee."""

    EACH = "each"
    HOUR = "hour"
    DAY = "day"
    FEE_EACH = "fee_each"
    FEE_HOUR = "fee_hour"
    FEE_DAY = "fee_day"


STEPS = {
    Rate.HOUR: timedelta(hours=1),
    Rate.FEE_HOUR: timedelta(hours=1),
    Rate.DAY: timedelta(days=1),
    Rate.FEE_DAY: timedelta(days=1),
}
OF_FEE = frozenset({Rate.FEE_EACH, Rate.FEE_HOUR, Rate.FEE_DAY})


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyRule:
    """
    One clause: the goal that it is for, what lateness costs, and for what it does not count.

    Of stages it is for those promised by the clause `stages`, empty is all.

    `value` is money, or per cent of the fee of the period; `cap` is in per cent of the fee and
    holds for all of the rule in one period; `grace` of lateness costs nothing.
    """

    key: int
    clause: str
    goal: str
    rate: Rate
    value: Decimal
    cap: Decimal | None = None
    stages: str = ""
    grace: timedelta = timedelta()
    excuses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """
    A promise that was kept late; `late_for` is working time, `excuse` why it does not count.

    `promised` is the clause by which a stage was promised.
    """

    key: int
    goal: str
    on: date
    late_for: timedelta
    excuse: str = ""
    promised: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty:
    """What one breach costs by one rule; `cut` is what the cap took off."""

    breach: int
    rule: int
    clause: str
    amount: Money
    cut: Money
    excuse: str = ""


def penalties(
    rules: Sequence[PenaltyRule],
    breaches: Iterable[Breach],
    *,
    fee: Money,
    spent: Mapping[int, Money] | None = None,
) -> list[Penalty]:
    """
    Count the penalties of one period, in the order of the breaches' days.

    `fee` is the contract's fee of that period; `spent` is what the same clause of the version
    before cost in it, by the rule's key: a cap is there once.
    """
    left = {rule.key: _room(rule, fee, (spent or {}).get(rule.key)) for rule in rules}
    found = []
    for breach in sorted(breaches, key=lambda each: (each.on, each.key)):
        for rule in sorted(rules, key=lambda each: each.key):
            if not _is_for(rule, breach) or breach.late_for <= rule.grace:
                continue
            one = _penalty(rule, breach, fee=fee, room=left[rule.key])
            room = left[rule.key]
            if room is not None:
                left[rule.key] = room - one.amount
            found.append(one)
    return found


def _is_for(rule: PenaltyRule, breach: Breach) -> bool:
    return rule.goal == breach.goal and rule.stages in {"", breach.promised}


def _room(rule: PenaltyRule, fee: Money, spent: Money | None) -> Money | None:
    """Say what the cap leaves; None where there is none."""
    if rule.cap is None:
        return None
    zero = Money.zero(fee.currency)
    return max(zero, fee.times(rule.cap / PER_CENT) - (spent or zero))


def _penalty(rule: PenaltyRule, breach: Breach, *, fee: Money, room: Money | None) -> Penalty:
    zero = Money.zero(fee.currency)
    is_excused = bool(breach.excuse) and breach.excuse in rule.excuses
    full = zero if is_excused else _full(rule, breach, fee)
    amount = full if room is None else min(full, room)
    return Penalty(
        breach=breach.key,
        rule=rule.key,
        clause=rule.clause,
        amount=amount,
        cut=full - amount,
        excuse=breach.excuse if is_excused else "",
    )


def _full(rule: PenaltyRule, breach: Breach, fee: Money) -> Money:
    price = (
        Money(fee.amount * rule.value / PER_CENT, fee.currency)
        if rule.rate in OF_FEE
        else Money(rule.value, fee.currency)
    )
    step = STEPS.get(rule.rate)
    if step is None:
        return price.rounded()
    return price.times(max(-(-breach.late_for // step), 1))
