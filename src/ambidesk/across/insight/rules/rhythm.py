"""
Rhythm: when a report has its turns, and which days the mail of a turn tells of.

A turn is at a time of its zone; where the clocks jump over it, at the instant that they jump to.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEK = 7


class Every(StrEnum):
    """How often."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """
    Turns; `day` is that of the week (Monday is 1) or of the month, of a short one its last.

    For every day it says nothing.
    """

    every: Every
    day: int
    clock: time
    zone: ZoneInfo


def next_turn(rhythm: Rhythm, after: datetime) -> datetime:
    """Say which turn is the first after an instant."""
    day = after.astimezone(rhythm.zone).date() - DAY
    while True:
        # At most a month and a bit: days are few, and no two calendars agree on more than that.
        if has_turn(rhythm, day) and (turn := _instant(rhythm, day)) > after:
            return turn
        day += DAY


def has_turn(rhythm: Rhythm, day: date) -> bool:
    """Say whether a day has one."""
    match rhythm.every:
        case Every.DAY:
            return True
        case Every.WEEK:
            return day.isoweekday() == rhythm.day
        case Every.MONTH:
            return day.day == min(rhythm.day, monthrange(day.year, day.month)[1])


def days_told(every: Every, today: date) -> tuple[date, date]:
    """Say which whole days before today a mail tells of, half-open: a day, seven, or a month."""
    match every:
        case Every.DAY:
            return today - DAY, today
        case Every.WEEK:
            return today - WEEK * DAY, today
        case Every.MONTH:
            until = today.replace(day=1)
            return (until - DAY).replace(day=1), until


def _instant(rhythm: Rhythm, day: date) -> datetime:
    # By way of UTC, for a wall time that the clocks jump over is none.
    return datetime.combine(day, rhythm.clock, tzinfo=rhythm.zone).astimezone(UTC)
