"""Pacing: periodic questions leave in small portions, in hours in which people do not mind."""

from datetime import datetime, tzinfo

# Monday to Friday, from ten until before six in the evening, of the desk's own time.
DAYS, HOURS = range(5), range(10, 18)


def is_time_to_ask(at: datetime, *, zone: tzinfo) -> bool:
    """Say whether people may be asked at this instant."""
    there = at.astimezone(zone)
    return there.weekday() in DAYS and there.hour in HOURS


def portion(*, most_a_day: int, asked_today: int, at_once: int) -> int:
    """How many may be asked now: never more than the day has left."""
    return max(0, min(at_once, most_a_day - asked_today))
