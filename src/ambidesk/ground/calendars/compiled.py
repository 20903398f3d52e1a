"""
A compiled calendar: sorted open stretches with the working time before each.

`add` and `between` are binary searches; all figures are microseconds of UTC since 1970.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from ambidesk.ground.calendars.days import DAY, day_plan
from ambidesk.ground.calendars.spec import CalendarSpec
from ambidesk.ground.calendars.zones import DAY_US, MINUTE_US, offsets, wall_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """Working time from `first` until `until`; `before[i]` is what was worked before starts[i]."""

    first: int
    until: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    before: tuple[int, ...]

    def worked(self, instant: int) -> int:
        """Give the working time from `first` to an instant within."""
        index = bisect_right(self.starts, instant) - 1
        if index < 0:
            return 0
        return self.before[index] + min(instant, self.ends[index]) - self.starts[index]

    def reached(self, worked: int) -> int | None:
        """Give the earliest instant by which so much (> 0) is worked; None when beyond."""
        index = bisect_left(self.before, worked) - 1
        if index < 0:
            return None
        instant = self.starts[index] + worked - self.before[index]
        return instant if instant <= self.ends[index] else None


def compile_years(spec: CalendarSpec, *, first: int, until: int) -> Compiled:
    """Compile the years from `first` until `until`, half-open, in the zone's own time."""
    begin, end = date(first, 1, 1), date(until, 1, 1)
    zone = offsets(ZoneInfo(spec.zone), first=begin, until=end)
    found: list[tuple[int, int]] = []
    # The last shift of the year before may reach into this one.
    for number in range((end - begin).days + 1):
        on = begin - DAY + timedelta(days=number)
        midnight = wall_of(on)
        for span in day_plan(spec, on).hours:
            wall = midnight + span.start * MINUTE_US, midnight + span.end * MINUTE_US
            found.extend(zone.instants(*wall))
    # The edges lie within what is whole in every zone.
    low, high = wall_of(begin) + DAY_US, wall_of(end) - DAY_US
    return _joined(sorted(found), low, high)


def _joined(found: list[tuple[int, int]], low: int, high: int) -> Compiled:
    """Join what touches or overlaps, and cut at the edges."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in found:
        begins, stops = max(start, low), min(end, high)
        if begins >= stops:
            continue
        if ends and begins <= ends[-1]:
            ends[-1] = max(ends[-1], stops)
        else:
            starts.append(begins)
            ends.append(stops)
    lengths = [end - start for start, end in zip(starts, ends, strict=True)]
    return Compiled(
        first=low,
        until=high,
        starts=tuple(starts),
        ends=tuple(ends),
        before=tuple(accumulate(lengths, initial=0))[: len(starts)],
    )
