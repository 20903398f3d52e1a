"""
The intake lane of connectors: claims raw items, reads them, fetches their files, takes them in.

A batch that fails is tried again one by one; what fails alone stands in quarantine. What hinders
everything, such as a full disk or a lost database, leaves all of it waiting.
"""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from ambidesk.ground.files.storing import store_many
from ambidesk.ground.kernel.crash import crash_point
from ambidesk.ground.kernel.sealing import CannotUnseal
from ambidesk.support.channels.access import BrokenAccess, access_of
from ambidesk.support.channels.contract.connector import Access, Connector
from ambidesk.support.channels.contract.inbound import Event
from ambidesk.support.channels.contract.registry import connector_of, kinds
from ambidesk.support.channels.intake.albums import bind, unfinished
from ambidesk.support.channels.intake.heeding import heed_all
from ambidesk.support.channels.intake.reading import Heard, carried, fetch_all, read
from ambidesk.support.channels.intake.taking_in import take_in
from ambidesk.support.conversations.claiming import claim, release
from ambidesk.support.conversations.models import Channel, IntakeItem
from ambidesk.support.conversations.quarantine import set_aside
from ambidesk.support.conversations.trying import FAULT, GAVE_UP, LIVES, try_in

log = logging.getLogger(__name__)
NAME: Final = "connector-intake"
AT_ONCE: Final = 50
# No messenger sends more as one.
MOST_OF_ALBUM: Final = 10
LEASE: Final = timedelta(seconds=60)
CRASH_POINTS: Final = ("heard:claimed",)
NO_ACCESS: Final = "no-access"
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
        heard = _read_all(items, channels, doors, at=at)
        rest = _rest_of_albums(heard, at)
        items += rest
        heard += _read_all(rest, channels, doors, at=at)
        heard, later = bind(heard, at=at)
        fits = carried(heard)
        later += heard[fits:]
        release(item for each in later for item in each.items)
        heard = fetch_all(heard[:fits], doors)
        ready = [each for each in heard if not each.is_waiting]
        contents = (file.content for each in ready for file in each.files)
        blobs = store_many((content for content in contents if content is not None), at=at)
    except OSError:
        release(items)
        raise
    answers: dict[int, str] = {}
    try_in(ready, partial(take_in, blobs=blobs, answers=answers, at=at), at=at)
    heed_all(ready, doors, answers=answers)
    return len(ready)


def _rest_of_albums(heard: Sequence[Heard], at: datetime) -> list[IntakeItem]:
    """Claim what the end of the batch cut off; what lies behind it in its channel comes along."""
    cut = unfinished(heard)
    limit = MOST_OF_ALBUM * len(cut)
    return claim(kinds(), only=cut, at=at, lasting=LEASE, limit=limit) if cut else []


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
