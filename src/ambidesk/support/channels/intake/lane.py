"""
The intake lane of connectors: claims raw items, reads them, fetches their files, takes them in.

A batch that fails is tried again one by one; what fails alone stands in quarantine. What hinders
everything, such as a full disk or a lost database, leaves all of it waiting.
"""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import OperationalError, connection

from ambidesk.ground.files.storing import store_many
from ambidesk.ground.kernel.crash import crash_point
from ambidesk.ground.kernel.sealing import CannotUnseal
from ambidesk.support.channels.access import BrokenAccess, access_of
from ambidesk.support.channels.contract.connector import Access, Connector
from ambidesk.support.channels.contract.inbound import Event
from ambidesk.support.channels.contract.registry import connector_of, kinds
from ambidesk.support.channels.intake.reading import Heard, fetch_all, read
from ambidesk.support.channels.intake.taking_in import Blobs, take_in
from ambidesk.support.conversations.claiming import claim, release
from ambidesk.support.conversations.models import Channel, IntakeItem
from ambidesk.support.conversations.quarantine import set_aside

log = logging.getLogger(__name__)
NAME: Final = "connector-intake"
AT_ONCE: Final = 50
LEASE: Final = timedelta(seconds=60)
# So many times an item may have brought down whoever held it.
LIVES: Final = 5
CRASH_POINTS: Final = ("heard:claimed",)
GAVE_UP, FAULT, NO_ACCESS = "gave-up", "fault", "no-access"
Doors = dict[int, tuple[Connector, Access]]


def run_once() -> int:
    """Take in what waits, up to a batch; say how many items were settled."""
    at = datetime.now(UTC)
    items = claim(kinds(), at=at, lasting=LEASE, limit=AT_ONCE)
    if not items:
        return 0
    crash_point("heard:claimed")
    channels = _channels(items)
    doors = _doors(channels)
    try:
        heard = fetch_all(_read_all(items, channels, doors, at=at), doors)
        ready = [each for each in heard if not each.is_waiting]
        contents = (file.content for each in ready for file in each.files)
        blobs = store_many((content for content in contents if content is not None), at=at)
    except OSError:
        release(items)
        raise
    # What was tried before goes alone, and last: it may bring down its neighbours.
    _take_all([each for each in ready if each.item.attempts == 1], blobs=blobs, at=at)
    _take_each([each for each in ready if each.item.attempts > 1], blobs=blobs, at=at)
    return len(ready)


def _channels(items: Sequence[IntakeItem]) -> dict[int, Channel]:
    rows = Channel.objects.filter(pk__in={item.channel_id for item in items})
    return {row.pk: row for row in rows.select_related("brand", "team")}


def _doors(channels: dict[int, Channel]) -> Doors:
    doors: Doors = {}
    for channel in channels.values():
        connector = connector_of(channel.kind)
        try:
            if connector:
                doors[channel.pk] = (connector, access_of(channel))
        except (BrokenAccess, CannotUnseal):
            log.warning("channel %s cannot be read", channel.pk)
    return doors


def _read_all(
    items: Sequence[IntakeItem], channels: dict[int, Channel], doors: Doors, *, at: datetime
) -> list[Heard]:
    heard: list[Heard] = []
    for item in items:
        channel = channels[item.channel_id]
        event = _read_one(item, channel, doors)
        if isinstance(event, str):
            set_aside([item], event, at=at)
        else:
            heard.append(Heard(item=item, channel=channel, event=event))
    return heard


def _read_one(item: IntakeItem, channel: Channel, doors: Doors) -> Event | str:
    if item.attempts > LIVES:
        return GAVE_UP
    if channel.pk not in doors:
        return NO_ACCESS
    try:
        return read(item, doors[channel.pk][0])
    except OSError:
        raise
    except Exception:  # this item alone is what cannot be read
        log.exception("item %s cannot be read", item.pk)
        return FAULT


def _take_all(heard: Sequence[Heard], *, blobs: Blobs, at: datetime) -> None:
    if not heard:
        return
    try:
        take_in(heard, blobs=blobs, at=at)
    except Exception:  # which of them it was shows one by one
        _raise_if_lost()
        log.warning("a batch of %s items failed, one by one now", len(heard), exc_info=True)
        _take_each(heard, blobs=blobs, at=at)


def _take_each(heard: Sequence[Heard], *, blobs: Blobs, at: datetime) -> None:
    for each in heard:
        try:
            take_in([each], blobs=blobs, at=at)
        except OperationalError:
            # A deadlock or a time limit: its lease runs out, and it is tried again.
            _raise_if_lost()
            log.warning("item %s has to wait", each.item.pk, exc_info=True)
        except Exception:  # this item alone is what cannot be taken in
            _raise_if_lost()
            log.exception("item %s was set aside", each.item.pk)
            set_aside([each.item], FAULT, at=at)


def _raise_if_lost() -> None:
    """Pass a fault on when the database is gone: it is no item's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
