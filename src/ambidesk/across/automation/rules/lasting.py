"""How long a stretch has lasted: when it is long enough, and since when it must have begun."""

from datetime import datetime, timedelta

from ambidesk.ground.calendars.calendar import Calendar

PRECISION = timedelta(seconds=1)
FURTHEST = timedelta(days=20 * 366)


def due_of(since: datetime, length: timedelta, *, calendar: Calendar | None) -> datetime:
    """Give the instant at which a stretch that began then has lasted so long."""
    return since + length if calendar is None else calendar.add(since, length)


def latest_start(until: datetime, length: timedelta, *, calendar: Calendar | None) -> datetime:
    """Give the latest beginning, to the second, of which the length is over by an instant."""
    late = until - length
    if calendar is None:
        return late
    back = timedelta(days=1)
    early = late - back
    while calendar.add(early, length) > until and back < FURTHEST:
        back *= 2
        early = late - back
    while late - early > PRECISION:
        middle = early + (late - early) / 2
        if calendar.add(middle, length) <= until:
            early = middle
        else:
            late = middle
    return late
