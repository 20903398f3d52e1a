"""
Charging: what a fact used is drawn from the package of its coverage, the rest is priced.

A fact is charged once, under the lock of its coverage; what takes it back gives all of it back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum

from ambidesk.ground.calendars.spec import CalendarSpec
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.charges.events import WorkCharged
from ambidesk.service.charges.models import Charge, WhyKind
from ambidesk.service.charges.reading import rules_of
from ambidesk.service.charges.rules.used import BASES, Used, priced, working_week
from ambidesk.service.contracts.models import Coverage, Decision, PackageEntry
from ambidesk.service.contracts.models.package import EntryKind
from ambidesk.service.contracts.packaging import Source, draw, give_back
from ambidesk.service.contracts.rules import pricing
from ambidesk.service.contracts.rules.deciding import Reason
from ambidesk.service.contracts.rules.packages import Unit
from ambidesk.service.contracts.rules.pricing import less_covered, rule_for

NONE, ONE, ALL = Decimal(0), Decimal(1), 100
# By these a line of the contract gives something, if its package still has it.
BY_LINE = frozenset({Reason.LINE, Reason.USED_UP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is charged: the fact, what it used, for which kind of request, by which calendar."""

    source: Source
    used: Used
    service: int | None
    spec: CalendarSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What the contract gives of it, in per cent, and what goes beyond."""

    inside: Used | None
    beyond: Used | None
    share: int


@transaction.atomic
def charge(coverage: Coverage, work: Work, *, by: Actor, at: datetime) -> Sequence[Charge]:
    """Draw what the contract gives and write lines for what is left; told again, give the same."""
    row = Coverage.objects.select_for_update().get(pk=coverage.pk)
    known = _of(work.source)
    drawn = PackageEntry.objects.filter(
        kind=EntryKind.DRAWN, source_kind=work.source.kind, source_id=work.source.id
    )
    if known or drawn.exists():
        return known
    decisions = row.decisions.select_related("contract", "line", "package__contract")
    decision = decisions.order_by("pk").last()
    if decision is None:
        return ()
    given = _given(decision, work, by=by, at=at)
    lines = list(_lines(row, decision, given, work))
    return _write(lines, row, decision, work, by=by, at=at)


@transaction.atomic
def take_back(source: Source, *, instead: Source, by: Actor, at: datetime) -> Sequence[Charge]:
    """Give back what a fact drew and write its lines again with the opposite sign, once."""
    lines = _of(source)
    entries = PackageEntry.objects.select_related("package").filter(
        kind=EntryKind.DRAWN, source_kind=source.kind, source_id=source.id, returned_by=None
    )
    for entry in entries:
        give_back(entry, by=by, at=at)
    back = set(Charge.objects.filter(reverses__in=lines).values_list("reverses_id", flat=True))
    taken = [each for each in lines if each.reverses_id is None and each.pk not in back]
    made = [_opposite(each, instead, by=by, at=at) for each in taken]
    Charge.objects.bulk_create(made)
    if made:
        event = WorkCharged(coverage_id=made[0].coverage_id, source_id=instead.id, lines=len(made))
        journal.record(event, by=by, at=at)
    return made


def _of(source: Source) -> list[Charge]:
    rows = Charge.objects.filter(source_kind=source.kind, source_id=source.id)
    return list(rows.order_by("number"))


def _given(decision: Decision, work: Work, *, by: Actor, at: datetime) -> _Given:
    """Say what the contract gives; of a package of the unit as much as it has on the day."""
    used, reason, line = work.used, Reason(decision.reason), decision.line
    if reason in BY_LINE and line is not None:
        share = line.travel if used.unit is Unit.VISITS else line.labour
        package = decision.package
        if package is not None and package.unit == used.unit.value:
            # What the contract does not cover is not taken from the package either.
            wanted = used.amount if share else NONE
            taken = draw(package, wanted, on=used.on, source=work.source, by=by, at=at)
            inside, beyond = used.split(taken.inside)
            return _Given(inside=inside, beyond=beyond, share=share)
        if reason is Reason.LINE:
            return _Given(inside=used, beyond=None, share=share)
        return _Given(inside=None, beyond=used, share=0)
    if reason in {Reason.WARRANTY, Reason.OVERRULED}:
        share = decision.travel if used.unit is Unit.VISITS else decision.labour
        return _Given(inside=used, beyond=None, share=share)
    return _Given(inside=None, beyond=used, share=0)


def _lines(
    row: Coverage, decision: Decision, given: _Given, work: Work
) -> Iterator[pricing.Charge | Used]:
    rule = rule_for(rules_of(decision), basis=BASES[work.used.unit], service=work.service)
    spec = working_week(work.spec)
    limit = decision.limit if Reason(decision.reason) is Reason.LINE else None
    if given.inside is not None and not (given.share == ALL and limit is None):
        if rule is not None:
            lines = less_covered(priced(rule, given.inside, spec=spec), share=given.share)
            yield from lines
            yield from _over(row, lines, limit)
        elif given.share < ALL:
            yield given.inside
    if given.beyond is not None:
        yield from [given.beyond] if rule is None else priced(rule, given.beyond, spec=spec)


def _over(
    row: Coverage, lines: Sequence[pricing.Charge], limit: Decimal | None
) -> Iterator[pricing.Charge]:
    """Give what is covered above the limit of the request, by all its facts so far."""
    now = [each for each in lines if each.why is pricing.Why.COVERED]
    if limit is None or not now:
        return
    before = Charge.objects.filter(coverage=row, why__in=[WhyKind.COVERED, WhyKind.LIMIT])
    so_far = -(before.aggregate(sum=Sum("amount"))["sum"] or NONE)
    currency = now[0].amount.currency
    covered = -pricing.sum_of(now, currency=currency).amount
    above = Money(min(covered, max(NONE, so_far + covered - limit)), currency).rounded()
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


def _write(
    lines: Sequence[pricing.Charge | Used],
    row: Coverage,
    decision: Decision,
    work: Work,
    *,
    by: Actor,
    at: datetime,
) -> Sequence[Charge]:
    made = [
        Charge(
            coverage=row,
            contract=decision.contract,
            source_kind=work.source.kind,
            source_id=work.source.id,
            number=number,
            on=work.used.on,
            by_id=by.user_id,
            at=at,
            **(_unpriced(line, decision) if isinstance(line, Used) else _facts(line)),
        )
        for number, line in enumerate(lines, start=1)
    ]
    Charge.objects.bulk_create(made)
    if made:
        event = WorkCharged(coverage_id=row.pk, source_id=work.source.id, lines=len(made))
        journal.record(event, by=by, at=at)
    return made


def _facts(line: pricing.Charge) -> dict[str, Any]:
    return {
        "price_id": line.rule,
        "clause": line.clause,
        "why": line.why.value,
        "quantity": line.quantity,
        "each": line.price.amount,
        "factor": line.factor,
        "amount": line.amount.amount,
        "currency": line.amount.currency,
    }


def _unpriced(used: Used, decision: Decision) -> dict[str, Any]:
    return {
        "clause": decision.clause,
        "why": WhyKind.UNPRICED,
        "quantity": used.amount,
        "each": NONE,
        "factor": ONE,
        "amount": NONE,
        "currency": decision.contract.currency if decision.contract else "",
    }


def _opposite(line: Charge, instead: Source, *, by: Actor, at: datetime) -> Charge:
    return Charge(
        coverage_id=line.coverage_id,
        contract_id=line.contract_id,
        price_id=line.price_id,
        clause=line.clause,
        source_kind=instead.kind,
        source_id=instead.id,
        number=line.number,
        on=line.on,
        why=line.why,
        quantity=-line.quantity,
        each=line.each,
        factor=line.factor,
        amount=-line.amount,
        currency=line.currency,
        reverses=line,
        by_id=by.user_id,
        at=at,
    )
