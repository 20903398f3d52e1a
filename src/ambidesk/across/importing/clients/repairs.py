"""
Repairs of the past from a file: a row a piece of work, on equipment that is here already.

A row is known again by its number, else by what it says: the second of two rows that say the same
is another piece of work, in every file in which it is the second.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models.functions import Lower

from ambidesk.across.importing.clients import refusals
from ambidesk.across.importing.clients.cells import Row, day
from ambidesk.across.importing.clients.manner import Manner
from ambidesk.across.importing.clients.plan import Plan, parts
from ambidesk.across.importing.clients.receivables import currency, money
from ambidesk.across.importing.loading import Progress
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.backdating import know_earlier
from ambidesk.service.assets.models import Asset, CodeKind, FailureCode, Repair
from ambidesk.service.assets.reading import MOST, Shown, take_readings
from ambidesk.service.assets.repairing import Done, charge_many, record_repairs

# Whatever a file says is a key below this one.
NAMESPACE = UUID("5f0b4d8e-6b4e-4f0a-9a0e-0d6c1c6f2a51")
NOON = time(12, tzinfo=UTC)
MOST_HOURS = Decimal(10_000)
# What makes two pieces of work without a number different ones.
TELLING = ("date", "note", "cost", "hours", "mode", "cause", "remedy")
CODES = {"mode": CodeKind.MODE, "cause": CodeKind.CAUSE, "remedy": CodeKind.REMEDY}
Codes = Mapping[tuple[str, str, int | None], FailureCode]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairLine:
    """One piece of work as a row tells it."""

    asset: Asset
    done: Done
    on: date
    cost: Money | None = None
    shown: Shown | None = None


@dataclass(slots=True, kw_only=True)
class Here:
    """What the rows of a file may name, and how often each said the same so far."""

    assets: Mapping[str, Sequence[Asset]]
    codes: Codes
    said: Counter[str] = field(default_factory=Counter)


Repairs = Plan[RepairLine, RepairLine]


def plan_repairs(rows: Iterable[Row], *, manner: Manner, at: datetime) -> Repairs:
    """Compare a file with what is here; nothing is written."""
    rows = list(rows)
    here = _here(rows)
    plan, told, seen = Repairs(), list[tuple[Row, RepairLine]](), dict[UUID, int]()
    for row in rows:
        line = _read(row, here, manner, at)
        if line is None:
            continue
        if line.done.key in seen:
            row.wrong("number", refusals.Twice(line=seen[line.done.key]))
        else:
            seen[line.done.key] = row.line
            told.append((row, line))
    known = Repair.objects.in_bulk([line.done.key for _row, line in told], field_name="key")
    for row, line in told:
        before = known.get(line.done.key)
        if before is None:
            plan.new.append(line)
        elif _is_same(before, line):
            plan.unchanged += 1
        else:
            row.wrong("number", refusals.ToldOtherwise())
    plan.take(rows)
    return plan


def load_repairs(plan: Repairs, *, by: Actor, at: datetime, progress: Progress) -> None:
    """Write what the plan says, at most 500 pieces of work a transaction."""
    done = 0
    for fresh in parts(plan.new):
        with transaction.atomic():
            _load(fresh, by=by, at=at)
        done += len(fresh)
        progress(done, len(plan.new))


def _load(fresh: Sequence[RepairLine], *, by: Actor, at: datetime) -> None:
    first: dict[int, date] = {}
    for line in fresh:
        first[line.asset.pk] = min(line.on, first.get(line.asset.pk, line.on))
    know_earlier(first, by=by, at=at)
    rows = record_repairs([(line.asset, line.done) for line in fresh], by=by, at=at)
    costs = {
        row.pk: line.cost for row, line in zip(rows, fresh, strict=True) if line.cost is not None
    }
    charge_many(costs, at=at)
    shown = [(line.asset, line.shown) for line in fresh if line.shown is not None]
    take_readings(shown, by=by, at=at)


def _here(rows: Sequence[Row]) -> Here:
    serials = {row.cells.get("serial", "").lower() for row in rows} - {""}
    found: dict[str, list[Asset]] = {}
    assets = Asset.objects.annotate(lower=Lower("serial")).filter(lower__in=serials)
    for asset in assets.select_related("model", "company").order_by("pk"):
        found.setdefault(asset.serial.lower(), []).append(asset)
    codes = {
        (row.kind, row.code.lower(), row.asset_class_id): row
        for row in FailureCode.objects.filter(archived_at=None)
    }
    return Here(assets=found, codes=codes)


def _read(row: Row, here: Here, manner: Manner, at: datetime) -> RepairLine | None:
    asset, on = _asset(row, here.assets), _day(row, at)
    repaired = row.read("repaired", day, otherwise=None)
    if repaired is not None and on is not None and not on <= repaired <= day_of(at):
        row.wrong("repaired", refusals.RepairedAtNoTime())
    is_failure = row.read("kind", lambda value: _is_failure(value, manner), otherwise=True)
    codes = {key: _code(row, key, here.codes, asset) for key in CODES}
    note = row.text("note", 1000)
    cost = row.read("cost", _cost, otherwise=None)
    paid_in = row.read("currency", currency, otherwise=manner.currency)
    minutes = row.read("hours", _minutes, otherwise=None)
    if asset is None or on is None or row.problems:
        return None
    if asset.installed_on is not None and on < asset.installed_on:
        row.wrong("date", refusals.BeforeInstalled(day=asset.installed_on.isoformat()))
        return None
    done = Done(
        key=_key(row, asset, is_failure=is_failure, said=here.said),
        failed_at=_noon(on, at),
        is_failure=is_failure,
        repaired_at=_noon(repaired, at) if repaired else None,
        note=note,
        labour_minutes=minutes,
        **codes,
    )
    shown = _shown(row, asset, on, at)
    if row.problems:
        return None
    paid = Money(cost, paid_in) if cost else None
    return RepairLine(asset=asset, done=done, on=on, cost=paid, shown=shown)


def _asset(row: Row, assets: Mapping[str, Sequence[Asset]]) -> Asset | None:
    """Find the one thing of the serial number, and of what else the row says of it."""
    serial = row.text("serial", 80, needed=True)
    if not serial:
        return None
    company, vendor, model = (row.text(key, 200).lower() for key in ("company", "vendor", "model"))
    found = [
        each
        for each in assets.get(serial.lower(), ())
        if company in {"", each.company.name.lower()}
        and vendor in {"", each.model.vendor.lower()}
        and model in {"", each.model.name.lower()}
    ]
    if len(found) == 1:
        return found[0]
    why = refusals.SeveralAssets if found else refusals.NoSuchAsset
    row.wrong("serial", why(value=serial[:80]))
    return None


def _day(row: Row, at: datetime) -> date | None:
    if not row.cells.get("date"):
        row.wrong("date", refusals.Missing())
    on = row.read("date", day, otherwise=None)
    if on is not None and on > day_of(at):
        row.wrong("date", refusals.NotYet())
        return None
    return on


def _is_failure(value: str, manner: Manner) -> bool:
    kind = value.lower()
    if kind not in manner.failures | manner.others:
        known = ", ".join(sorted(manner.failures | manner.others))[:200]
        raise refusals.NoSuchKind(value=value[:40], known=known)
    return kind in manner.failures


def _code(row: Row, column: str, codes: Codes, asset: Asset | None) -> FailureCode | None:
    """Find a code of the catalogue: that of the asset's class before one of all classes."""
    value = row.text(column, 20)
    if not value or asset is None:
        return None
    kind, own = CODES[column].value, asset.model.asset_class_id
    found = codes.get((kind, value.lower(), own)) or codes.get((kind, value.lower(), None))
    if found is None:
        row.wrong(column, refusals.NoSuchFailureCode(value=value))
    return found


def _number(value: str) -> Decimal:
    try:
        found = Decimal(value.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= MOST:
        raise refusals.NotAQuantity(value=value[:40])
    return found


def _cost(value: str) -> Decimal:
    """Read what it cost; what was given back is below nothing."""
    return -money(value[1:].strip()) if value.startswith(("-", "−")) else money(value)


def _minutes(value: str) -> int:
    hours = _number(value)
    if not 0 <= hours <= MOST_HOURS:
        raise refusals.NotAQuantity(value=value[:40])
    return round(hours * 60)


def _shown(row: Row, asset: Asset, on: date, at: datetime) -> Shown | None:
    value = row.read("reading", _number, otherwise=None)
    if value is None:
        return None
    meter = row.text("meter", 80, needed=True)
    key = uuid5(NAMESPACE, f"reading {asset.pk} {meter.lower()} {on} {value.normalize()}")
    unit = row.text("unit", 20)
    return Shown(meter=meter, value=round(value, 3), read_at=_noon(on, at), key=key, unit=unit)


def _key(row: Row, asset: Asset, *, is_failure: bool, said: Counter[str]) -> UUID:
    """Make the same key of the same row in every file; a number of ours is the key itself."""
    number = row.text("number", 80)
    if number:
        try:
            return UUID(number)
        except ValueError:
            return uuid5(NAMESPACE, f"number {asset.pk} {number.lower()}")
    cells = [row.cells.get(name, "") for name in TELLING]
    fingerprint = "\x1f".join(["row", str(asset.pk), str(is_failure), *cells]).lower()
    said[fingerprint] += 1
    return uuid5(NAMESPACE, f"{fingerprint} {said[fingerprint]}")


def _noon(on: date, at: datetime) -> datetime:
    """Give the middle of a day, which is the same day almost everywhere; of today no later."""
    return min(datetime.combine(on, NOON), at)


def _is_same(before: Repair, line: RepairLine) -> bool:
    cost = line.cost.amount if line.cost else Decimal(0)
    told = (line.asset.pk, line.on, line.done.is_failure, cost)
    return (before.asset_id, before.failed_at.date(), before.is_failure, before.cost) == told
