"""Putting: what all facts have in common: of what they are, and that each is put down once."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from django.db import connection
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.journal import Event
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.models import Asset, Repair
from ambidesk.service.assets.repairing import charge_many
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.charging import charge_client
from ambidesk.support.works.events import AssetFactRecorded, FactKind, FactRecorded
from ambidesk.support.works.models import Expense, PartUse, UnitUse, WorkLog

Fact: TypeAlias = WorkLog | Expense | PartUse | UnitUse
F = TypeVar("F", WorkLog, Expense, PartUse, UnitUse)
KINDS: dict[type[Any], FactKind] = {
    WorkLog: FactKind.WORK_LOG,
    Expense: FactKind.EXPENSE,
    PartUse: FactKind.PART_USE,
    UnitUse: FactKind.UNIT_USE,
}
# Below what the columns hold.
MOST_MONEY = Decimal(10) ** 12
FIRST_DAY = date(2000, 1, 1)


class NothingTold(InvalidInput):
    """It is of nothing."""

    sentence = _("Say of which ticket or equipment it is.")


class NotOfIt(InvalidInput):
    """Ticket, equipment and repair do not belong together."""

    sentence = _("This repair is of other equipment.")


class NoSuchAmount(InvalidInput):
    """Nobody spends this."""

    sentence = _("This is not an amount that can be spent.")


class ToldInTheFuture(InvalidInput):
    """It has not been done yet."""

    sentence = _("This day has not come yet.")


class ToldTooEarly(InvalidInput):
    """No desk was there yet; the first days of the calendar can't be reckoned with either."""

    sentence = _("Days before the year 2000 cannot be put down.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Of:
    """Of what it is, when, and under which key; whoever tells it makes the key."""

    key: UUID
    day: date
    ticket: Ticket | None = None
    asset: Asset | None = None
    repair: Repair | None = None
    note: str = ""


def common(of: Of, cost: Money | None, *, by: Actor, at: datetime) -> dict[str, Any]:
    """
    Give the columns that all facts have.

    Raises:
        NothingTold, NotOfIt, ToldInTheFuture, ToldTooEarly, NoSuchAmount: it cannot have been so.
    """
    repaired = of.repair.asset_id if of.repair else None
    asset_id = of.asset.pk if of.asset else repaired
    if of.ticket is None and asset_id is None:
        raise NothingTold
    if repaired is not None and repaired != asset_id:
        raise NotOfIt(field="repair")
    # Where somebody is it may be tomorrow already, or today still; and the desk is somewhere too.
    if of.day > max(at.date(), localtime(at).date(), day_of(at)):
        raise ToldInTheFuture(field="day")
    if of.day < FIRST_DAY:
        raise ToldTooEarly(field="day")
    amount = cost.rounded().amount if cost else Decimal(0)
    if abs(amount) >= MOST_MONEY:
        raise NoSuchAmount(field="cost")
    return {
        "ticket": of.ticket,
        "asset_id": asset_id,
        "repair": of.repair,
        "cost": amount,
        "currency": cost.currency if cost else "",
        "note": of.note.strip()[:500],
        "day": of.day,
        "key": of.key,
        "told_by_id": by.user_id,
        "at": at,
    }


def put(fact: F, *, by: Actor, at: datetime) -> F:
    """Write a fact unless its key is there already, charge repair and client, and record it."""
    model = type(fact)
    rows = model._default_manager  # noqa: SLF001 Django's public name
    with connection.cursor() as cursor:
        # Whoever tells the same at the same time waits, and finds it told.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(fact.key)])
    if (known := rows.filter(key=fact.key).first()) is not None:
        return known
    fact.save(force_insert=True)
    charge_client(fact, by=by, at=at)
    if fact.repair_id is not None and fact.cost:
        charge_many({fact.repair_id: Money(fact.cost, fact.currency)}, at=at)
    journal.record(event_of(fact), by=by, at=at)
    return fact


def event_of(fact: Fact) -> Event:
    kind = KINDS[type(fact)]
    if fact.ticket_id is None:
        return AssetFactRecorded(
            asset_id=fact.asset_id or 0, fact=kind, fact_id=fact.pk, reverses_id=fact.reverses_id
        )
    return FactRecorded(
        ticket_id=fact.ticket_id,
        asset_id=fact.asset_id,
        fact=kind,
        fact_id=fact.pk,
        reverses_id=fact.reverses_id,
    )
