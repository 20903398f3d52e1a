"""Albums: pictures that were sent as one and come one by one are heard as one message."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from ambidesk.support.channels.contract.inbound import Spoken
from ambidesk.support.channels.intake.reading import Heard

# An album is whole when nothing more of it came for so long.
SETTLES: Final = timedelta(seconds=1.5)
Album = tuple[int, str, str]


def bind(heard: Sequence[Heard], *, at: datetime) -> tuple[list[Heard], list[Heard]]:
    """Make one of what belongs together; give what can be taken in, and what may still grow."""
    whole: list[Heard] = []
    albums: dict[Album, list[Heard]] = {}
    for each in heard:
        if isinstance(each.event, Spoken) and each.event.album:
            key = (each.channel.pk, each.event.talk, each.event.album)
            albums.setdefault(key, []).append(each)
        else:
            whole.append(each)
    growing: list[Heard] = []
    for parts in albums.values():
        if max(each.item.received_at for each in parts) > at - SETTLES:
            growing += parts
        else:
            whole.append(_bound(parts))
    return whole, growing


def unfinished(heard: Sequence[Heard]) -> frozenset[int]:
    """Name the channels of which the last that was heard is of an album: more may lie behind it."""
    last = {each.channel.pk: each for each in sorted(heard, key=lambda each: each.item.pk)}
    return frozenset(
        channel
        for channel, each in last.items()
        if isinstance(each.event, Spoken) and each.event.album
    )


def _bound(parts: Sequence[Heard]) -> Heard:
    """The first one with the words and files of all, in the order in which they were sent."""
    said = [(each, each.event) for each in parts if isinstance(each.event, Spoken)]
    said.sort(key=lambda pair: (pair[1].said_at, pair[0].item.pk))
    first, event = said[0]
    words = "\n".join(each.text for _part, each in said if each.text)
    files = tuple(file for _part, each in said for file in each.files)
    return replace(
        first,
        event=replace(event, text=words, files=files),
        beside=tuple(part.item for part, _event in said[1:]),
    )
