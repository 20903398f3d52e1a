"""Reading: a raw item in the product's words, with its files fetched."""

import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final

from ambidesk.support.channels.contract.connector import Access, Connector
from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.channels.contract.inbound import Event, FileRef, Spoken, Unreadable
from ambidesk.support.conversations.models import Channel, IntakeItem
from ambidesk.support.conversations.raw import raw_of

log = logging.getLogger(__name__)
FETCHING_SECONDS: Final = 20.0
FETCHERS: Final = 4
# So often a file is asked for; then its message comes without it.
PATIENCE: Final = 3
# What the files of one batch may take, and what one counts of which nobody says how large it is.
MOST_BYTES: Final = 100 * 1024 * 1024
FEARED_BYTES: Final = 10 * 1024 * 1024
UNREADABLE, LOST = "unreadable", "content-lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class GotFile:
    """A file of a message; without a content it could not be fetched."""

    ref: FileRef
    content: bytes | None = field(default=None, repr=False)

    @property
    def digest(self) -> str:
        """SHA-256 of the content."""
        return sha256(self.content or b"").hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One item, read; `beside` are those that became one with it."""

    item: IntakeItem = field(repr=False)
    channel: Channel
    event: Event
    files: tuple[GotFile, ...] = ()
    beside: tuple[IntakeItem, ...] = field(default=(), repr=False)

    @property
    def items(self) -> tuple[IntakeItem, ...]:
        """All that it was read from."""
        return (self.item, *self.beside)

    @property
    def weight(self) -> int:
        """So many bytes its files may be, as the messenger says or as we fear."""
        files = self.event.files if isinstance(self.event, Spoken) else ()
        return sum(file.size_bytes or FEARED_BYTES for file in files)

    @property
    def is_waiting(self) -> bool:
        """A file is missing that may still come."""
        has_gap = any(file.content is None for file in self.files)
        return has_gap and self.item.attempts < PATIENCE


def read(item: IntakeItem, connector: Connector) -> Event | str:
    """Read an item; a word instead says why it has to be set aside."""
    try:
        return connector.read(raw_of(item))
    except (Unreadable, ValueError, KeyError, TypeError):
        log.warning("item %s cannot be read", item.pk, exc_info=True)
        return UNREADABLE
    except FileNotFoundError:
        return LOST


def fetch_all(heard: Sequence[Heard], doors: Mapping[int, tuple[Connector, Access]]) -> list[Heard]:
    """Fetch the files of what was said, several at once, as far as the time suffices."""
    wanted = [
        (each, ref) for each in heard if isinstance(each.event, Spoken) for ref in each.event.files
    ]
    if not wanted:
        return list(heard)
    pool = ThreadPoolExecutor(max_workers=FETCHERS, thread_name_prefix="fetch")
    futures = [pool.submit(_fetch, ref, *doors[each.channel.pk]) for each, ref in wanted]
    wait(futures, timeout=FETCHING_SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    got: dict[int, list[GotFile]] = {}
    for (each, ref), future in zip(wanted, futures, strict=True):
        content = future.result() if future.done() and not future.cancelled() else None
        got.setdefault(each.item.pk, []).append(GotFile(ref=ref, content=content))
    return [replace(each, files=tuple(got.get(each.item.pk, ()))) for each in heard]


def carried(heard: Sequence[Heard]) -> int:
    """Say how many of these, from the first on, can be held in memory with their files."""
    weight = 0
    for number, each in enumerate(heard):
        weight += each.weight
        if number and weight > MOST_BYTES:
            return number
    return len(heard)


def _fetch(ref: FileRef, connector: Connector, access: Access) -> bytes | None:
    if ref.size_bytes > connector.manifest.largest_in_bytes:
        return None
    try:
        return connector.fetch(ref, access).content
    except Failure as failure:
        log.warning("a file of channel %s did not come: %s", access.channel_id, failure.trouble)
        return None
