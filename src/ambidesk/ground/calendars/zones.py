"""
Zones: the stretches of time in which a zone keeps one offset, so that walls become instants.

Instants are microseconds of UTC since 1970; walls the same of the local clock, as if it were UTC.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

MICROSECOND: Final = timedelta(microseconds=1)
SECOND_US: Final = 1_000_000
MINUTE_US: Final = 60 * SECOND_US
DAY_US: Final = 24 * 60 * MINUTE_US
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY: Final = EPOCH.date().toordinal()
# No zone is further from UTC than this.
_FURTHEST_US: Final = DAY_US


@dataclass(frozen=True, slots=True, kw_only=True)
class Offsets:
    """Offsets of a zone between two instants: `since[i]` is when `offset[i]` begins."""

    since: tuple[int, ...]
    offset: tuple[int, ...]
    until: int

    def instants(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """
        Give the stretches in which the wall shows [start, end).

        One as a rule; none of what a clock put forward skips, two of what one put back repeats.
        """
        first = max(bisect_right(self.since, start - _FURTHEST_US) - 1, 0)
        for index in range(first, len(self.since)):
            begins, offset = self.since[index], self.offset[index]
            if begins - _FURTHEST_US >= end:
                return
            ends = self.since[index + 1] if index + 1 < len(self.since) else self.until
            low, high = max(start - offset, begins), min(end - offset, ends)
            if low < high:
                yield low, high


def offsets(zone: ZoneInfo, *, first: date, until: date) -> Offsets:
    """Find when the offset changes between two days; a day more on either side is looked at."""
    start = wall_of(first) - 2 * DAY_US
    end = wall_of(until) + 2 * DAY_US
    since, found = [start], [_offset(zone, start)]
    for day in range(start, end, DAY_US):
        after = _offset(zone, day + DAY_US)
        if after != found[-1]:
            since.append(_change(zone, day, day + DAY_US))
            found.append(after)
    return Offsets(since=tuple(since), offset=tuple(found), until=end)


def wall_of(on: date) -> int:
    """Give midnight of a day on the wall."""
    return (on.toordinal() - _EPOCH_DAY) * DAY_US


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """Find the second at which the offset has changed between two instants."""
    old = _offset(zone, before)
    while after - before > SECOND_US:
        middle = before + (after - before) // (2 * SECOND_US) * SECOND_US
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, instant: int) -> int:
    away = (EPOCH + timedelta(microseconds=instant)).astimezone(zone).utcoffset()
    return (away or timedelta()) // MICROSECOND
