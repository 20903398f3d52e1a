"""Backdating: an asset was known before we wrote it down, as its history from elsewhere tells."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.events import AssetDescribed
from ambidesk.service.assets.models import Asset


@transaction.atomic
def know_earlier(days: Mapping[int, date], *, by: Actor, at: datetime) -> int:
    """
    Know assets since a day, by their ids, where it is earlier than before; say how many changed.

    From that day on their failures are counted, and the time without any.
    """
    rows = Asset.objects.select_for_update().filter(pk__in=days).order_by("pk")
    changed = [row for row in rows if days[row.pk] < row.known_since]
    for row in changed:
        row.known_since = days[row.pk]
    Asset.objects.bulk_update(changed, ["known_since"])
    journal.record_many([AssetDescribed(asset_id=row.pk) for row in changed], by=by, at=at)
    return len(changed)
