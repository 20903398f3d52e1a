"""Telling: time, expenses and parts are put down, each once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Member
from ambidesk.service.assets.repairing import charge_many
from ambidesk.support.works.charging import charge_client
from ambidesk.support.works.models import (
    CountedKind,
    Expense,
    ExpenseKind,
    PartUse,
    UnitUse,
    WorkLog,
)
from ambidesk.support.works.putting import (
    NoSuchAmount,
    Of,
    ToldInTheFuture,
    common,
    event_of,
    put,
)

MOST_MINUTES = 24 * 60
MOST_UNITS = Decimal(10_000)
MOST_PIECES = Decimal(10) ** 9


class NoPart(InvalidInput):
    """Nobody knows what was used."""

    sentence = _("Say which part it is.")


@transaction.atomic
def log_work(
    of: Of,
    *,
    member: Member | None,
    minutes: int,
    began_at: datetime | None = None,
    cost: Money | None = None,
    by: Actor,
    at: datetime,
) -> WorkLog:
    """
    Put down time; the same key again is the same time.

    Raises:
        NothingTold, NotOfIt, ToldInTheFuture, NoSuchAmount: it cannot have been so.
    """
    if not 0 < minutes <= MOST_MINUTES:
        raise NoSuchAmount(field="minutes")
    if began_at is not None and began_at > at:
        raise ToldInTheFuture(field="began_at")
    facts = common(of, cost, by=by, at=at)
    row = WorkLog(member=member, minutes=minutes, began_at=began_at, **facts)
    return put(row, by=by, at=at)


@transaction.atomic
def use_units(
    of: Of,
    *,
    member: Member | None,
    unit: CountedKind,
    quantity: Decimal,
    by: Actor,
    at: datetime,
) -> UnitUse:
    """
    Put down visits, units or points; the same key again are the same.

    Raises:
        NothingTold, NotOfIt, ToldInTheFuture, NoSuchAmount: it cannot have been so.
    """
    if not (quantity.is_finite() and 0 < quantity <= MOST_UNITS) or (
        unit is not CountedKind.POINTS and quantity != quantity.to_integral_value()
    ):
        raise NoSuchAmount(field="quantity")
    facts = common(of, None, by=by, at=at)
    return put(UnitUse(member=member, unit=unit, quantity=quantity, **facts), by=by, at=at)


@transaction.atomic
def spend(of: Of, *, kind: ExpenseKind, cost: Money, by: Actor, at: datetime) -> Expense:
    """
    Put down an expense; a credit is negative; the same key again is the same expense.

    Raises:
        NothingTold, NotOfIt, ToldInTheFuture, NoSuchAmount: it cannot have been so.
    """
    row = Expense(kind=kind, **common(of, cost, by=by, at=at))
    return put(row, by=by, at=at)


@transaction.atomic
def spend_many(
    told: Sequence[tuple[Of, ExpenseKind, Money]], *, by: Actor, at: datetime
) -> list[Expense]:
    """
    Put down many expenses, all or none, as an import does; keys that are there are left alone.

    Raises:
        NothingTold, NotOfIt, ToldInTheFuture, NoSuchAmount: one cannot have been so.
        DifferentCurrencies: a repair has costs in another one.
    """
    rows = [Expense(kind=kind, **common(of, cost, by=by, at=at)) for of, kind, cost in told]
    keys = [row.key for row in rows]
    known = set(Expense.objects.filter(key__in=keys).values_list("key", flat=True))
    fresh = Expense.objects.bulk_create([row for row in rows if row.key not in known])
    sums: dict[int, Money] = {}
    for row in fresh:
        if row.repair_id is not None and row.cost:
            cost = Money(row.cost, row.currency)
            sums[row.repair_id] = sums[row.repair_id] + cost if row.repair_id in sums else cost
    charge_many(sums, at=at)
    for row in fresh:
        charge_client(row, by=by, at=at)
    journal.record_many([event_of(row) for row in fresh], by=by, at=at)
    return fresh


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What was used; `cost` is of all of it."""

    name: str
    article: str = ""
    quantity: Decimal = Decimal(1)
    old_serial: str = ""
    new_serial: str = ""
    cost: Money | None = None


@transaction.atomic
def use_part(of: Of, part: Part, *, by: Actor, at: datetime) -> PartUse:
    """
    Put down a part; the same key again is the same part.

    Raises:
        NothingTold, NotOfIt, ToldInTheFuture, NoSuchAmount, NoPart: it cannot have been so.
    """
    if not part.name.strip():
        raise NoPart(field="name")
    if not (part.quantity.is_finite() and 0 < part.quantity < MOST_PIECES):
        raise NoSuchAmount(field="quantity")
    row = PartUse(
        name=part.name.strip()[:160],
        article=part.article.strip()[:80],
        quantity=part.quantity,
        old_serial=part.old_serial.strip()[:80],
        new_serial=part.new_serial.strip()[:80],
        **common(of, part.cost, by=by, at=at),
    )
    return put(row, by=by, at=at)
