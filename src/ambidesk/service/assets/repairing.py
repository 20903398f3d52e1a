"""Repairing: what was done to assets is put down once, coded, and charged with what it cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.money import DifferentCurrencies, Money
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.events import RepairRecorded
from ambidesk.service.assets.models import Asset, CodeKind, FailureCode, Repair

BATCH = 2000


class RepairedBefore(InvalidInput):
    """Nothing is repaired before it fails."""

    sentence = _("It cannot be repaired before it failed.")


class FailsInTheFuture(InvalidInput):
    """It has not happened yet."""

    sentence = _("It cannot have failed in the future.")


class NoSuchCode(InvalidInput):
    """The code is not for this, or out of use."""

    sentence = _("This code is not for this kind of equipment.")


class KeyOfAnother(InvalidInput):
    """Under this key something was told of other equipment."""

    sentence = _("This key was used for other equipment.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A piece of work; `key` is made by whoever tells it, so that twice is once."""

    key: UUID
    failed_at: datetime
    is_failure: bool = True
    repaired_at: datetime | None = None
    mode: FailureCode | None = None
    cause: FailureCode | None = None
    remedy: FailureCode | None = None
    note: str = ""
    labour_minutes: int | None = None


def record_repair(asset: Asset, done: Done, *, by: Actor, at: datetime) -> Repair:
    """
    Put down a repair; the same key again is the same repair.

    Raises:
        RepairedBefore, FailsInTheFuture, NoSuchCode: it cannot have been so.
        KeyOfAnother: the key is of a repair of other equipment.
    """
    return record_repairs([(asset, done)], by=by, at=at)[0]


@transaction.atomic
def record_repairs(pairs: Sequence[tuple[Asset, Done]], *, by: Actor, at: datetime) -> list[Repair]:
    """
    Put down repairs, all or none, in their order; keys that are there already are left alone.

    Raises:
        RepairedBefore, FailsInTheFuture, NoSuchCode: one cannot have been so.
        KeyOfAnother: a key is of a repair of other equipment.
    """
    rows = [_row(asset, done, at) for asset, done in pairs]
    keys = [row.key for row in rows]
    known = set(Repair.objects.filter(key__in=keys).values_list("key", flat=True))
    Repair.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    found = {row.key: row for row in Repair.objects.filter(key__in=keys)}
    if any(found[row.key].asset_id != row.asset_id for row in rows):
        raise KeyOfAnother(field="key")
    events = [
        RepairRecorded(asset_id=row.asset_id, repair_id=row.pk, is_failure=row.is_failure)
        for key, row in found.items()
        if key not in known
    ]
    journal.record_many(events, by=by, at=at)
    return [found[key] for key in keys]


@transaction.atomic
def code_repair(
    repair: Repair,
    *,
    mode: FailureCode | None,
    cause: FailureCode | None,
    remedy: FailureCode | None,
    note: str,
    by: Actor,
    at: datetime,
) -> Repair:
    """
    Say what failed, why, and what was done.

    Raises:
        NoSuchCode: a code is not for this equipment.
    """
    row = Repair.objects.select_for_update().select_related("asset__model").get(pk=repair.pk)
    _require_codes(row.asset, mode, cause, remedy)
    row.mode, row.cause, row.remedy, row.note = mode, cause, remedy, note.strip()[:1000]
    row.save(update_fields=["mode", "cause", "remedy", "note"])
    event = RepairRecorded(asset_id=row.asset_id, repair_id=row.pk, is_failure=row.is_failure)
    journal.record(event, by=by, at=at)
    return row


@transaction.atomic
def charge_many(amounts: Mapping[int, Money], *, at: datetime) -> None:  # noqa: ARG001 every atomic change is of an instant
    """
    Add to what repairs cost, by their ids; what is taken back is negative.

    Raises:
        DifferentCurrencies: one has costs in another one.
    """
    rows = list(Repair.objects.select_for_update().filter(pk__in=amounts).order_by("pk"))
    for row in rows:
        _add(row, amounts[row.pk])
    Repair.objects.bulk_update(rows, ["cost", "currency"], batch_size=BATCH)


def _add(row: Repair, amount: Money) -> None:
    if row.currency and row.currency != amount.currency and row.cost != Decimal(0):
        raise DifferentCurrencies(one=row.currency, other=amount.currency)
    row.currency, row.cost = amount.currency, row.cost + amount.amount


def _row(asset: Asset, done: Done, at: datetime) -> Repair:
    if done.failed_at > at:
        raise FailsInTheFuture(field="failed_at")
    if done.repaired_at is not None and done.repaired_at < done.failed_at:
        raise RepairedBefore(field="repaired_at")
    _require_codes(asset, done.mode, done.cause, done.remedy)
    return Repair(
        asset=asset,
        is_failure=done.is_failure,
        failed_at=done.failed_at,
        repaired_at=done.repaired_at,
        mode=done.mode,
        cause=done.cause,
        remedy=done.remedy,
        note=done.note.strip()[:1000],
        labour_minutes=done.labour_minutes,
        key=done.key,
    )


def _require_codes(
    asset: Asset,
    mode: FailureCode | None,
    cause: FailureCode | None,
    remedy: FailureCode | None,
) -> None:
    given = ((mode, CodeKind.MODE), (cause, CodeKind.CAUSE), (remedy, CodeKind.REMEDY))
    for code, kind in given:
        if code is None:
            continue
        fits = code.asset_class_id in {None, asset.model.asset_class_id}
        if code.kind != kind or code.archived_at is not None or not fits:
            raise NoSuchCode(field=str(kind))
