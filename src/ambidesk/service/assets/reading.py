"""Reading: what the meters of an asset show is put down, each time once."""

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


@transaction.atomic
def take_reading(asset: Asset, shown: Shown, *, by: Actor, at: datetime) -> Reading:
    """
    Put down what a meter showed; a meter of a new name is added; the same key again is the same.

    Raises:
        NoMeter, NotShown, ReadInTheFuture: it cannot be what was read.
        KeyOfAnother: the key is of a reading of other equipment.
    """
    name = " ".join(shown.meter.split())[:80]
    if not name:
        raise NoMeter(field="meter")
    if not shown.value.is_finite() or abs(shown.value) >= MOST:
        raise NotShown(field="value")
    if shown.read_at > at:
        raise ReadInTheFuture(field="read_at")
    row = Asset.objects.select_for_update().get(pk=asset.pk)
    unit = shown.unit.strip()[:20]
    meter, _made = Meter.objects.get_or_create(asset=row, name=name, defaults={"unit": unit})
    reading, is_new = Reading.objects.get_or_create(
        key=shown.key,
        defaults={
            "meter": meter,
            "at": shown.read_at,
            "value": shown.value,
            "taken_by_id": by.user_id,
        },
    )
    if reading.meter.asset_id != row.pk:
        raise KeyOfAnother(field="key")
    if is_new:
        event = ReadingTaken(asset_id=row.pk, meter_id=meter.pk, reading_id=reading.pk)
        journal.record(event, by=by, at=at)
    return reading
