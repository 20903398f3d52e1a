"""Taking: raw items of a connector are committed before anybody is told that they arrived."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Final

from ambidesk.ground.kernel.texts import storable
from ambidesk.support.channels.contract.inbound import Item
from ambidesk.support.conversations.models import Channel
from ambidesk.support.conversations.taking import Arrival, take_many

LONGEST_KEY: Final = 300


def take(channel: Channel, items: Iterable[Item], *, way: str, at: datetime) -> int:
    """Commit raw items; say how many of them are new. What comes twice is the same item."""
    arrivals = [
        Arrival(
            channel_id=channel.pk,
            external_key=_key(item),
            raw=item.raw,
            envelope={"way": way, "sender": item.sender},
            received_at=at,
        )
        for item in items
    ]
    return len(take_many(arrivals)) if arrivals else 0


def _key(item: Item) -> str:
    plain = storable(item.key)
    return plain if len(plain) <= LONGEST_KEY else sha256(plain.encode()).hexdigest()
