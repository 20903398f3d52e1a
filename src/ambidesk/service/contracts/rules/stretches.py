"""
Stretches: work divided by what its hours cost: ordinary, night, weekend, holiday.

Lengths are real time; which hours they are is what the clock on the wall says, so a night in
which the clocks change has an hour more or less.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from ambidesk.ground.calendars.days import Kind as DayKind
from ambidesk.ground.calendars.days import day_plan
from ambidesk.ground.calendars.spec import MINUTES_OF_DAY, CalendarSpec

DAY = timedelta(days=1)
UTC = ZoneInfo("UTC")


class Hours(StrEnum):
    """Kinds of working time that may have a factor of their own."""

    ORDINARY = "ordinary"
    NIGHT = "night"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """From a minute of the day until another, over midnight; equal ones are no night."""

    starts: int = 22 * 60
    until: int = 6 * 60

    def __contains__(self, minute: int) -> bool:
        if self.starts <= self.until:
            return self.starts <= minute < self.until
        return minute >= self.starts or minute < self.until


Factors = Mapping[Hours, Decimal]


def divided(
    start: datetime, until: datetime, *, spec: CalendarSpec, night: Night, factors: Factors
) -> dict[Hours, timedelta]:
    """
    Divide work by kinds of hours; where two hold the dearer one counts, and each hour once.

    Raises:
        ValueError: it ends before it begins.
    """
    if until < start:
        raise ValueError("work ends after it begins")
    zone = ZoneInfo(spec.zone)
    found: dict[Hours, timedelta] = {}
    day = start.astimezone(zone).date()
    while (begins := _wall(day, 0, zone)) < until:
        kind = _of_day(spec, day)
        marks = sorted({0, night.starts, night.until, MINUTES_OF_DAY})
        for low, high in pairwise(marks):
            first = max(start, begins if low == 0 else _wall(day, low, zone))
            last = min(until, _wall(day, high, zone))
            if first < last:
                hours = _dearest(kind, is_night=low in night, factors=factors)
                found[hours] = found.get(hours, timedelta()) + (last - first)
        day += DAY
    return found


def _wall(day: date, minute: int, zone: ZoneInfo) -> datetime:
    if minute == MINUTES_OF_DAY:
        day, minute = day + DAY, 0
    wall = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)
    return wall.astimezone(UTC)


def _of_day(spec: CalendarSpec, day: date) -> Hours:
    plan = day_plan(spec, day)
    if plan.kind is DayKind.HOLIDAY:
        return Hours.HOLIDAY
    return Hours.ORDINARY if plan.hours else Hours.WEEKEND


def _dearest(day: Hours, *, is_night: bool, factors: Factors) -> Hours:
    among = [Hours.ORDINARY, day, *([Hours.NIGHT] if is_night else [])]
    # Of equal factors the first counts: no hour is called a night for nothing.
    return max(among, key=lambda hours: factors.get(hours, Decimal(1)))
