"""
Charging: what a fact used is drawn from the package of its coverage, the rest is priced.

A fact is charged once, under the lock of its coverage. Lines only grow: what turns out otherwise
is taken back by opposite ones, and what is drawn is given back, before it is charged anew.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.charges.events import WorkCharged
from ambidesk.service.charges.models import Charge, WhyKind
from ambidesk.service.charges.reading import standing
from ambidesk.service.charges.rules.used import Used
from ambidesk.service.charges.sharing import Drawn, Line, Work, planned
from ambidesk.service.contracts.models import Coverage, Decision, PackageEntry
from ambidesk.service.contracts.packaging import Source, draw, drawn_by, give_back, hold
from ambidesk.service.contracts.rules import pricing

NONE, ONE, FINE = Decimal(0), Decimal(1), Decimal("0.0001")
# What makes a line another one.
TELLING = (
    "contract_id",
    "price_id",
    "clause",
    "on",
    "why",
    "quantity",
    "each",
    "factor",
    "amount",
    "currency",
)


@transaction.atomic
def charge(
    coverage: Coverage, work: Work, *, decision: Decision, by: Actor, at: datetime
) -> Sequence[Charge]:
    """Let a fact draw and cost what it does by a decision; what is so already stays as it is."""
    row = hold_coverages([coverage.pk])[coverage.pk]
    known, entry = standing(work.source), drawn_by(work.source)
    hold(each for each in (entry and entry.package_id, decision.package_id) if each)
    plan = planned(row, work, decision=decision)
    lines = [_line(each, decision) for each in plan.lines]
    for line in lines:
        line.coverage, line.on, line.by_id, line.at = row, work.used.on, by.user_id, at
    if _draws(entry, plan.drawn, work) and list(map(_told, lines)) == list(map(_told, known)):
        return known
    _undo(known, entry, instead=work.source, by=by, at=at)
    if drawn := plan.drawn:
        draw(drawn.package, drawn.wanted, on=work.used.on, source=work.source, by=by, at=at)
    return _write(lines, work.source, by=by, at=at)


@transaction.atomic
def take_back(
    source: Source, *, instead: Source, coverage: int | None = None, by: Actor, at: datetime
) -> Sequence[Charge]:
    """Give back what a fact drew and write its lines again with the opposite sign, once."""
    if coverage is not None:
        hold_coverages([coverage])
    return _undo(standing(source), drawn_by(source), instead=instead, by=by, at=at)


def hold_coverages(numbers: Collection[int]) -> Mapping[int, Coverage]:
    """Lock coverages and read them afresh, part of one verb; packages are locked after them."""
    rows = Coverage.objects.select_for_update(no_key=True).filter(pk__in=numbers)
    return {row.pk: row for row in rows.order_by("pk")}


def _draws(entry: PackageEntry | None, drawn: Drawn | None, work: Work) -> bool:
    """Tell whether a fact has drawn what it draws."""
    if entry is None or drawn is None:
        return entry is None and drawn is None
    had = (entry.package_id, entry.drawn, entry.on)
    return had == (drawn.package.pk, drawn.inside, work.used.on)


def _undo(
    lines: Sequence[Charge],
    entry: PackageEntry | None,
    *,
    instead: Source,
    by: Actor,
    at: datetime,
) -> Sequence[Charge]:
    if entry is not None:
        give_back(entry, by=by, at=at)
    return _write([_opposite(each, by=by, at=at) for each in lines], instead, by=by, at=at)


def _write(lines: Sequence[Charge], source: Source, *, by: Actor, at: datetime) -> Sequence[Charge]:
    if not lines:
        return ()
    rows = Charge.objects.filter(source_kind=source.kind, source_id=source.id).order_by()
    last = rows.aggregate(last=Max("number"))["last"] or 0
    for number, line in enumerate(lines, start=last + 1):
        line.source_kind, line.source_id, line.number = source.kind, source.id, number
    Charge.objects.bulk_create(lines)
    event = WorkCharged(coverage_id=lines[0].coverage_id, source_id=source.id, lines=len(lines))
    journal.record(event, by=by, at=at)
    return lines


def _line(line: Line, decision: Decision) -> Charge:
    facts = _unpriced(line, decision) if isinstance(line, Used) else _facts(line)
    return Charge(contract_id=decision.contract_id, **facts)


def _facts(line: pricing.Charge) -> dict[str, Any]:
    return {
        "price_id": line.rule,
        "clause": line.clause,
        "why": line.why.value,
        # As they are stored, so that a line is known again.
        "quantity": line.quantity.quantize(FINE),
        "each": line.price.amount.quantize(FINE),
        "factor": line.factor.quantize(FINE),
        "amount": line.amount.amount,
        "currency": line.amount.currency,
    }


def _unpriced(used: Used, decision: Decision) -> dict[str, Any]:
    return {
        "clause": decision.clause,
        "why": WhyKind.UNPRICED.value,
        "quantity": used.amount.quantize(FINE),
        "each": NONE,
        "factor": ONE,
        "amount": NONE,
        "currency": decision.contract.currency if decision.contract else "",
    }


def _told(line: Charge) -> Iterable[Any]:
    return tuple(getattr(line, name) for name in TELLING)


def _opposite(line: Charge, *, by: Actor, at: datetime) -> Charge:
    return Charge(
        coverage_id=line.coverage_id,
        contract_id=line.contract_id,
        price_id=line.price_id,
        clause=line.clause,
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
