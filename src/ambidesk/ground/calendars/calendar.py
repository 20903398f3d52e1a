"""
A service calendar that answers: when so much work is done, and how much lies between.

Compiled for the years that were asked for so far; asked for others, it compiles anew.
"""

from datetime import MAXYEAR, MINYEAR, datetime, timedelta
from zoneinfo import ZoneInfo

from ambidesk.ground.calendars.compiled import Compiled, compile_years
from ambidesk.ground.calendars.refusals import NaiveInstant, NoWorkingTime, TooFar
from ambidesk.ground.calendars.spec import CalendarSpec
from ambidesk.ground.calendars.zones import DAY_US, EPOCH, MICROSECOND

# Nothing is promised for longer; a calendar of few exceptions would be searched for ever.
FURTHEST_YEARS = 100
_MOST_YEARS_AT_ONCE = 16


class Calendar:
    """One version of a calendar; thread-safe, for what is compiled is only ever replaced whole."""

    __slots__ = ("_compiled", "spec", "zone")

    def __init__(self, spec: CalendarSpec) -> None:
        if not spec.ever_works:
            raise NoWorkingTime(field="hours")
        self.spec = spec
        self.zone = ZoneInfo(spec.zone)
        self._compiled = Compiled(first=0, until=0, starts=(), ends=(), before=())

    def add(self, start: datetime, work: timedelta) -> datetime:
        """
        Give the earliest instant by which so much working time has passed since `start`, in UTC.

        Without any work it is `start` itself. Raises NaiveInstant, TooFar, ValueError (below 0).
        """
        begun, wanted = _instant(start), work // MICROSECOND
        if wanted <= 0:
            if wanted < 0:
                raise ValueError("work to be done is not below nothing")
            return EPOCH + timedelta(microseconds=begun)
        compiled = self._compiled
        if not compiled.first <= begun < compiled.until:
            compiled = self._covering(begun, begun)
        reached = compiled.reached(compiled.worked(begun) + wanted)
        if reached is None:
            reached = self._searched(begun, wanted)
        return EPOCH + timedelta(microseconds=reached)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Measure the working time from one instant to another; below nothing when it is before."""
        first, last = _instant(start), _instant(end)
        compiled = self._compiled
        low, high = (first, last) if first <= last else (last, first)
        if low < compiled.first or high >= compiled.until:
            compiled = self._covering(low, high)
        return timedelta(microseconds=compiled.worked(last) - compiled.worked(first))

    def is_open(self, at: datetime) -> bool:
        """Tell whether an instant is working time."""
        return bool(self.between(at, at + MICROSECOND))

    def _searched(self, begun: int, wanted: int) -> int:
        years = 1
        while years <= FURTHEST_YEARS:
            last = begun + years * 366 * DAY_US
            compiled = self._covering(begun, last)
            reached = compiled.reached(compiled.worked(begun) + wanted)
            if reached is not None:
                return reached
            years *= 2
        raise TooFar(years=FURTHEST_YEARS)

    def _covering(self, low: int, high: int) -> Compiled:
        """Compile what is asked for and what was asked for before, as long as that is near."""
        first, last = _year(low - 2 * DAY_US), _year(high + 2 * DAY_US)
        now = self._compiled
        if now.starts:
            known_first, known_last = _year(now.first - DAY_US), _year(now.until)
            whole = min(first, known_first), max(last, known_last)
            if whole[1] - whole[0] < _MOST_YEARS_AT_ONCE:
                first, last = whole
        if first <= MINYEAR or last + 2 >= MAXYEAR:
            raise TooFar(years=FURTHEST_YEARS)
        self._compiled = compile_years(self.spec, first=first, until=last + 1)
        return self._compiled


def _instant(at: datetime) -> int:
    if at.utcoffset() is None:
        raise NaiveInstant(value=at.isoformat())
    return (at - EPOCH) // MICROSECOND


def _year(instant: int) -> int:
    try:
        return (EPOCH + timedelta(microseconds=instant)).year
    except OverflowError:
        raise TooFar(years=FURTHEST_YEARS) from None
