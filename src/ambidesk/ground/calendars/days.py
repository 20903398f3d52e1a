"""
Days: what kind of day a date is in a calendar, and the hours that are worked on it.

An exception goes before a working weekend, that before a holiday, and that before the weekday.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ambidesk.ground.calendars.official import year_of
from ambidesk.ground.calendars.spec import CalendarSpec, HolidayRule, Hours, Span

MINUTES_OF_HOUR = 60
DAY = timedelta(days=1)


class Kind(StrEnum):
    """Why a day has the hours that it has."""

    ORDINARY = "ordinary"
    HOLIDAY = "holiday"
    SHORT = "short"
    MOVED = "moved"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """
    One day of a calendar.

    `name` is that of the holiday (of the next day, on a short day) or of the exception,
    `replaces` the day whose hours a working weekend has.
    """

    on: date
    kind: Kind
    hours: Hours
    name: str = ""
    replaces: date | None = None


def day_plan(spec: CalendarSpec, on: date, *, language: str = "en") -> DayPlan:
    """Say what kind of day it is; names of holidays in "en" or "ru"."""
    if out := spec.exceptions.get(on):
        return DayPlan(on=on, kind=Kind.EXCEPTION, hours=out.hours, name=out.name)
    if spec.holidays is None:
        return DayPlan(on=on, kind=Kind.ORDINARY, hours=spec.week[on.weekday()])
    return _kept(spec, spec.holidays, on, language)


def _kept(spec: CalendarSpec, rule: HolidayRule, on: date, language: str) -> DayPlan:
    year = year_of(rule, on.year, language=language)
    replaces = year.working.get(on)
    name = year.public.get(on) or year.off.get(on)
    if replaces is None and name is not None:
        return DayPlan(on=on, kind=Kind.HOLIDAY, hours=(), name=name)
    as_of = replaces or on
    hours = spec.week[as_of.weekday()]
    # A working weekend is as short as the day that it replaces would have been.
    eve = _holiday_after(rule, as_of, language) if rule.short_days and hours else None
    kind = Kind.MOVED if replaces else Kind.SHORT if eve else Kind.ORDINARY
    return DayPlan(
        on=on,
        kind=kind,
        hours=_shortened(hours) if eve else hours,
        name=eve or "",
        replaces=replaces,
    )


def _holiday_after(rule: HolidayRule, on: date, language: str) -> str | None:
    """Name the public holiday of the next day. Source: Labour Code of Russia, art. 95."""
    after = on + DAY
    return year_of(rule, after.year, language=language).public.get(after)


def _shortened(hours: Hours) -> Hours:
    """Take the last hour away, also where it lies in several spans."""
    left: list[Span] = []
    over = MINUTES_OF_HOUR
    for span in sorted(hours, reverse=True):
        taken = min(over, span.end - span.start)
        over -= taken
        if span.end - taken > span.start:
            left.append(Span(span.start, span.end - taken))
    return tuple(reversed(left))
