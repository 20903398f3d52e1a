"""
Sharing: what of a fact the contract gives, and what is left for the client, line by line.

A package bounds what it counts and nothing else; nothing is written here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from ambidesk.ground.calendars.spec import CalendarSpec
from ambidesk.ground.kernel.money import Money
from ambidesk.service.charges.models import WhyKind
from ambidesk.service.charges.reading import mark_ups_of, others, rules_of
from ambidesk.service.charges.rules.used import BASES, Cost, Kind, Used, priced, working_week
from ambidesk.service.contracts.models import Coverage, Decision, Package
from ambidesk.service.contracts.packaging import Source, offer
from ambidesk.service.contracts.rules import pricing
from ambidesk.service.contracts.rules.deciding import Reason
from ambidesk.service.contracts.rules.marking_up import mark_up_for, marked_up
from ambidesk.service.contracts.rules.packages import Unit
from ambidesk.service.contracts.rules.pricing import (
    FLAT,
    Basis,
    PriceRule,
    at_cost,
    included,
    less_covered,
    rule_for,
)

NONE, ONE, ALL = Decimal(0), Decimal(1), 100
# By these a line of the contract gives something, and its package as much as it has.
BY_LINE = frozenset({Reason.LINE, Reason.USED_UP})
BY_DECISION = frozenset({Reason.WARRANTY, Reason.OVERRULED})
Line = pricing.Charge | Used


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is charged: the fact, what it used or cost, for which kind of request, by which days."""

    source: Source
    used: Used | Cost
    service: int | None
    spec: CalendarSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What is asked of a package, and how much of it that gives."""

    package: Package
    wanted: Decimal
    inside: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a fact draws and what it costs; what has no price stands as what was used."""

    lines: tuple[Line, ...]
    drawn: Drawn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What the contract gives of it, in per cent, and what goes beyond."""

    inside: Used | None
    beyond: Used | None
    share: int
    drawn: Drawn | None = None


def planned(row: Coverage, work: Work, *, decision: Decision) -> Planned:
    """Say what a fact draws and costs by a decision, whatever it drew and cost until now."""
    if isinstance(work.used, Cost):
        return Planned(lines=tuple(_of_cost(row, decision, work.used, work)))
    given = _given(decision, work.used, work.source)
    lines = tuple(_of_work(row, decision, given, work))
    return Planned(lines=lines, drawn=given.drawn)


def _given(decision: Decision, used: Used, source: Source) -> _Given:
    """Say what the contract gives; of a package of the unit as much as it has on the day."""
    share = _share(decision, Kind.TRAVEL if used.unit is Unit.VISITS else Kind.LABOUR)
    package = decision.package if Reason(decision.reason) in BY_LINE else None
    if package is not None and package.unit == used.unit.value:
        # What the contract does not cover is not taken from the package either.
        wanted = used.amount if share else NONE
        taken = offer(package, wanted, on=used.on, besides=source)
        inside, beyond = used.split(taken.inside)
        drawn = Drawn(package=package, wanted=wanted, inside=taken.inside)
        return _Given(inside=inside, beyond=beyond, share=share, drawn=drawn)
    if Reason(decision.reason) in BY_LINE | BY_DECISION:
        return _Given(inside=used, beyond=None, share=share)
    return _Given(inside=None, beyond=used, share=0)


def _share(decision: Decision, kind: Kind) -> int:
    reason = Reason(decision.reason)
    if reason in BY_LINE and decision.line is not None:
        return int(getattr(decision.line, kind.value))
    return int(getattr(decision, kind.value)) if reason in BY_DECISION else 0


def _limit(decision: Decision) -> Money | None:
    line, contract = decision.line, decision.contract
    if Reason(decision.reason) not in BY_LINE or line is None or contract is None:
        return None
    return None if line.limit is None else Money(line.limit, contract.currency)


def _of_work(row: Coverage, decision: Decision, given: _Given, work: Work) -> Iterator[Line]:
    if not isinstance(work.used, Used):
        return
    rule = rule_for(rules_of(decision), basis=BASES[work.used.unit], service=work.service)
    limit = _limit(decision)
    is_paid = rule is not None and rule.basis is Basis.FIXED and _is_paid(row, work.source)
    if given.inside is not None and not (given.share == ALL and limit is None):
        if rule is not None:
            whole = _priced(rule, given.inside, work.spec, is_paid=is_paid)
            lines = less_covered(whole, share=given.share)
            is_paid = is_paid or rule.basis in FLAT
            yield from lines
            yield from _over(row, lines, limit, work.source)
        elif given.share < ALL:
            yield given.inside
    if given.beyond is not None:
        yield from (
            [given.beyond]
            if rule is None
            else _priced(rule, given.beyond, work.spec, is_paid=is_paid)
        )


def _priced(
    rule: PriceRule, used: Used, spec: CalendarSpec, *, is_paid: bool
) -> Sequence[pricing.Charge]:
    return [included(rule, used.amount)] if is_paid else priced(rule, used, spec=working_week(spec))


def _is_paid(row: Coverage, source: Source) -> bool:
    """Tell whether another fact of the request bears the price of all of it."""
    rows = others(row, source).filter(price__basis=Basis.FIXED.value)
    return rows.exclude(why=WhyKind.INCLUDED).exists()


def _of_cost(row: Coverage, decision: Decision, cost: Cost, work: Work) -> Iterator[pricing.Charge]:
    share, limit = _share(decision, cost.kind), _limit(decision)
    if not cost.amount or (share == ALL and limit is None):
        return
    whole = [at_cost(cost.amount, cost.quantity, clause=decision.clause)]
    if rule := mark_up_for(mark_ups_of(decision), of=cost.of, service=work.service):
        whole += marked_up(rule, cost.amount)
    lines = less_covered(whole, share=share)
    yield from lines
    yield from _over(row, lines, limit, work.source)


def _over(
    row: Coverage, lines: Sequence[pricing.Charge], limit: Money | None, source: Source
) -> Iterator[pricing.Charge]:
    """Give what is covered above the limit of the request, by all its facts."""
    now = [each for each in lines if each.why is pricing.Why.COVERED]
    if limit is None or not now or now[0].amount.currency != limit.currency:
        return
    before = others(row, source).filter(
        why__in=[WhyKind.COVERED, WhyKind.LIMIT], currency=limit.currency
    )
    so_far = -(before.aggregate(sum=Sum("amount"))["sum"] or NONE)
    covered = -pricing.sum_of(now, currency=limit.currency).amount
    over = max(NONE, so_far + covered - limit.amount)
    above = Money(min(max(NONE, covered), over), limit.currency).rounded()
    if above:
        yield pricing.Charge(
            rule=now[0].rule,
            clause=now[0].clause,
            why=pricing.Why.LIMIT,
            quantity=ONE,
            price=above,
            factor=ONE,
            amount=above,
        )
