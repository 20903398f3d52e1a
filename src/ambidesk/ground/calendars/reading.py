"""
Reading: a calendar from JSON, strictly; what is wrong is named by its key and line.

{"zone": "Europe/Moscow", "hours": {"mon": [["09:00", "13:00"], ["14:00", "18:00"]]},
"holidays": {"country": "RU", "short_days": true}, "exceptions": [{"date": ..., "hours": []}]}
"""

import json
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from ambidesk.ground.calendars.hours import read_hours
from ambidesk.ground.calendars.parts import Part
from ambidesk.ground.calendars.places import lines_of
from ambidesk.ground.calendars.refusals import NoWorkingTime, WrongCalendar
from ambidesk.ground.calendars.spec import (
    MINUTES_OF_DAY,
    WEEKDAYS,
    CalendarSpec,
    DayOut,
    Hours,
    Span,
)
from ambidesk.ground.calendars.years import read_rule

ROUND_THE_CLOCK = "24/7"
MOST_BYTES = 1_000_000
KEYS = {"zone", "hours", "holidays", "exceptions", "name"}


def read_text(text: str) -> CalendarSpec:
    """
    Read a calendar from a JSON text.

    Raises:
        WrongCalendar: it is no JSON, or some key is not as it should be.
        NoWorkingTime: it is one, but nobody ever works.
    """
    if len(text) > MOST_BYTES:
        raise WrongCalendar(where=_("the file"), what=_("it is larger than a calendar can be"))
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        what = _("this is no JSON (%(why)s)") % {"why": error.msg}
        where = _("line %(line)d, column %(column)d") % place
        raise WrongCalendar(where=where, what=what) from error
    except RecursionError:
        what = _("its parts stand too deep in each other")
        raise WrongCalendar(where=_("the file"), what=what) from None
    lines, twice = lines_of(text)
    top = Part(given, (), lines)
    if twice is not None:
        raise Part(None, twice, lines).wrong(_("this key is given twice"))
    return _read(top)


def read(given: object) -> CalendarSpec:
    """Read a calendar from parsed JSON. Raises WrongCalendar and NoWorkingTime as read_text."""
    return _read(Part(given, (), {}))


def _read(top: Part) -> CalendarSpec:
    keys = top.keys(required={"zone", "hours"}, possible=KEYS)
    holidays, exceptions = keys.get("holidays"), keys.get("exceptions")
    spec = CalendarSpec(
        zone=_zone(keys["zone"]),
        week=_week(keys["hours"]),
        holidays=read_rule(holidays) if holidays and holidays.given is not None else None,
        exceptions=_exceptions(exceptions) if exceptions else {},
    )
    if not spec.ever_works:
        raise NoWorkingTime(field="hours")
    return spec


def _zone(part: Part) -> str:
    name = part.text()
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise part.wrong(
            _("there is no zone “%(name)s”; one is Europe/Moscow") % {"name": name}
        ) from None


def _week(part: Part) -> tuple[Hours, ...]:
    if part.given == ROUND_THE_CLOCK:
        return ((Span(0, MINUTES_OF_DAY),),) * len(WEEKDAYS)
    days = part.keys(required=set(), possible=set(WEEKDAYS))
    return tuple(read_hours(days[day]) if day in days else () for day in WEEKDAYS)


def _exceptions(part: Part) -> dict[date, DayOut]:
    found: dict[date, DayOut] = {}
    for each in part.items():
        keys = each.keys(required={"date", "hours"}, possible={"date", "hours", "name"})
        on = keys["date"].day()
        if on in found:
            raise keys["date"].wrong(_("this day is given twice"))
        name = keys["name"].text() if "name" in keys else ""
        found[on] = DayOut(hours=read_hours(keys["hours"]), name=name)
    return found
