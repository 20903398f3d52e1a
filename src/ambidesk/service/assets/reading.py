"""Reading: what the meters of an asset show is put down, each time once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.events import ReadingTaken
from ambidesk.service.assets.models import Asset, Meter, Reading
from ambidesk.service.assets.repairing import KeyOfAnother

MOST = Decimal(10) ** 12
BATCH = 2000


class NoMeter(InvalidInput):
    """Nobody knows what was read."""

    sentence = _("Say which meter it is.")


class NotShown(InvalidInput):
    """No meter shows this."""

    sentence = _("This is not what a meter shows.")


class ReadInTheFuture(InvalidInput):
    """It was not read yet."""

    sentence = _("A meter cannot be read in the future.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What was read of which meter, when; `key` is made by whoever tells it."""

    meter: str
    value: Decimal
    read_at: datetime
    key: UUID
    unit: str = ""


def take_reading(asset: Asset, shown: Shown, *, by: Actor, at: datetime) -> Reading:
    """
    Put down what a meter showed; a meter of a new name is added; the same key again is the same.

    Raises:
        NoMeter, NotShown, ReadInTheFuture: it cannot be what was read.
        KeyOfAnother: the key is of a reading of other equipment.
    """
    return take_readings([(asset, shown)], by=by, at=at)[0]


@transaction.atomic
def take_readings(
    pairs: Sequence[tuple[Asset, Shown]], *, by: Actor, at: datetime
) -> list[Reading]:
    """
    Put down what meters showed, all or none, in their order.

    Raises:
        NoMeter, NotShown, ReadInTheFuture: one cannot be what was read.
        KeyOfAnother: a key is of a reading of other equipment.
    """
    for _asset, shown in pairs:
        _require(shown, at)
    meters = _meters(pairs)
    rows = [
        Reading(
            meter=meters[asset.pk, name_of(shown.meter)],
            at=shown.read_at,
            value=shown.value,
            key=shown.key,
            taken_by_id=by.user_id,
        )
        for asset, shown in pairs
    ]
    keys = [row.key for row in rows]
    known = set(Reading.objects.filter(key__in=keys).values_list("key", flat=True))
    Reading.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    kept = Reading.objects.filter(key__in=keys).select_related("meter")
    found = {row.key: row for row in kept}
    if any(found[shown.key].meter.asset_id != asset.pk for asset, shown in pairs):
        raise KeyOfAnother(field="key")
    events = [
        ReadingTaken(asset_id=row.meter.asset_id, meter_id=row.meter_id, reading_id=row.pk)
        for key, row in found.items()
        if key not in known
    ]
    journal.record_many(events, by=by, at=at)
    return [found[key] for key in keys]


def name_of(meter: str) -> str:
    """Say how a meter is called, with each run of blanks as one."""
    return " ".join(meter.split())[:80]


def _require(shown: Shown, at: datetime) -> None:
    if not name_of(shown.meter):
        raise NoMeter(field="meter")
    if not shown.value.is_finite() or abs(shown.value) >= MOST:
        raise NotShown(field="value")
    if shown.read_at > at:
        raise ReadInTheFuture(field="read_at")


def _meters(pairs: Sequence[tuple[Asset, Shown]]) -> dict[tuple[int, str], Meter]:
    """Find the meters of assets by their names, under a lock; add those that are new."""
    assets = {asset.pk for asset, _shown in pairs}
    locked = list(Asset.objects.select_for_update().filter(pk__in=assets).order_by("pk"))
    found = {(row.asset_id, row.name): row for row in Meter.objects.filter(asset__in=locked)}
    units = {
        (asset.pk, name_of(shown.meter)): shown.unit.strip()[:20]
        for asset, shown in reversed(pairs)
    }
    fresh = [
        Meter(asset_id=asset, name=name, unit=unit)
        for (asset, name), unit in units.items()
        if (asset, name) not in found
    ]
    for row in Meter.objects.bulk_create(fresh):
        found[row.asset_id, row.name] = row
    return found
