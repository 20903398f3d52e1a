"""
The tail: the newest entries that are final, kept in the process for all that read the journal.

What lies behind the horizon never changes and nothing comes before it any more, so entries that one
reader read in a row are what every other would find there.
"""

import threading
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from ambidesk.ground.kernel.journal.entry import Entry, Position
from ambidesk.ground.kernel.journal.reading import read_after

KEPT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tail:
    """All entries behind `first`, up to the last of them."""

    first: Position
    positions: Sequence[Position]
    entries: Sequence[Entry]

    def after(self, position: Position, limit: int) -> Sequence[Entry]:
        if position < self.first:
            return []
        begin = bisect_right(self.positions, position)
        return self.entries[begin : begin + limit]

    def followed_by(self, entries: Sequence[Entry]) -> "_Tail":
        every = [*self.entries, *entries]
        dropped = max(len(every) - KEPT, 0)
        kept = every[dropped:]
        return _Tail(
            first=every[dropped - 1].position if dropped else self.first,
            positions=[each.position for each in kept],
            entries=kept,
        )


_lock = threading.Lock()
_tails: dict[str, _Tail] = {}


def read_shared(position: Position, *, limit: int) -> Sequence[Entry]:
    """
    Read the next readable entries after a position, in order, as `read_after` does.

    What somebody else in this process has read is not asked for again; it is not to be changed.
    """
    name = str(connection.settings_dict["NAME"])
    with _lock:
        tail = _tails.get(name)
    if tail and (known := tail.after(position, limit)):
        return known
    entries = read_after(position, limit=limit)
    if entries:
        with _lock:
            _keep(name, position, entries)
    return entries


def _keep(name: str, position: Position, entries: Sequence[Entry]) -> None:
    tail = _tails.get(name)
    last = tail.positions[-1] if tail else None
    if tail is not None and position == last:
        _tails[name] = tail.followed_by(entries)
    elif last is None or entries[-1].position > last:
        beginning = _Tail(first=position, positions=[], entries=[])
        _tails[name] = beginning.followed_by(entries)
