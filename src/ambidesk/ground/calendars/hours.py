"""Hours of a day as JSON: [["09:00", "13:00"], ["14:00", "18:00"]]; 22:00 to 06:00 is a night."""

import re
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from ambidesk.ground.calendars.parts import Part
from ambidesk.ground.calendars.spec import MINUTES_OF_DAY, Hours, Span

_CLOCK: Final = re.compile(r"(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)", re.ASCII)
_ENDS: Final = 2


def read_hours(part: Part) -> Hours:
    """
    Read the stretches of a day, in order of time.

    Raises:
        WrongCalendar: one is no stretch, or two overlap.
    """
    found: list[tuple[Span, Part]] = []
    for each in part.items():
        ends = list(each.items())
        if len(ends) != _ENDS:
            raise each.wrong(_('here belong two times, as ["09:00", "18:00"]'))
        found.append((_span(ends[0], ends[1]), each))
    found.sort(key=lambda pair: pair[0])
    for (one, _first), (other, second) in pairwise(found):
        if other.start < one.end:
            raise second.wrong(_("this overlaps with other hours of the day"))
    return tuple(span for span, _part in found)


def written_hours(hours: Hours) -> list[list[str]]:
    """Write the stretches of a day."""
    return [[clock(span.start), clock(span.end)] for span in hours]


def clock(minute: int) -> str:
    """Write a minute of the day, also of the next one; its end is 24:00."""
    hour, rest = divmod(minute if minute <= MINUTES_OF_DAY else minute - MINUTES_OF_DAY, 60)
    return f"{hour:02}:{rest:02}"


def _span(first: Part, last: Part) -> Span:
    start, end = _minute(first), _minute(last)
    if start == MINUTES_OF_DAY:
        raise first.wrong(_("hours begin at 23:59 at the latest"))
    if start == end:
        raise last.wrong(_("this is no time at all; the whole day is 00:00 to 24:00"))
    return Span(start, end if end > start else end + MINUTES_OF_DAY)


def _minute(part: Part) -> int:
    found = _CLOCK.fullmatch(part.given) if isinstance(part.given, str) else None
    minute = int(found["hour"]) * 60 + int(found["minute"]) if found else MINUTES_OF_DAY + 1
    if minute > MINUTES_OF_DAY:
        raise part.wrong(_("here belongs a time of day, as 09:00"))
    return minute
