"""Days: which one an instant falls on, for what begins or ends with a day."""

from datetime import date, datetime, time

from django.utils.timezone import get_default_timezone, localdate


def day_of(at: datetime) -> date:
    """The day of an instant where the desk is, whatever zone the browser of whoever asks is in."""
    return localdate(at, get_default_timezone())


def beginning_of(day: date) -> datetime:
    """The first instant of a day where the desk is."""
    return datetime.combine(day, time(), tzinfo=get_default_timezone())
