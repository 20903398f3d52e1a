"""
Durations of ISO 8601 and instants, read strictly.

A day is 24 hours of work and a week seven of them, for both are plain lengths there.
"""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from ambidesk.ground.calendars.refusals import (
    NaiveInstant,
    NoDuration,
    NoFixedLength,
    NoInstant,
    TooFar,
)

_NUMBER: Final = r"\d{1,9}(?:[.,]\d{1,6})?"
_DURATION: Final = re.compile(
    rf"P(?:(?P<weeks>{_NUMBER})W|(?P<years>{_NUMBER}Y)?(?P<months>{_NUMBER}M)?"
    rf"(?:(?P<days>{_NUMBER})D)?(?:T(?:(?P<hours>{_NUMBER})H)?"
    rf"(?:(?P<minutes>{_NUMBER})M)?(?:(?P<seconds>{_NUMBER})S)?)?)",
    re.ASCII,
)
_SECONDS: Final = {"weeks": 604_800, "days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
_MOST: Final = timedelta(days=36_525)


def read_duration(text: str) -> timedelta:
    """
    Read a duration, such as PT1H30M.

    Raises:
        NoDuration, NoFixedLength, TooFar: it is none, is of years or months, or is too long.
    """
    found = _DURATION.fullmatch(text)
    if found is None or text.endswith(("P", "T")):
        raise NoDuration(value=text)
    if found["years"] or found["months"]:
        raise NoFixedLength(value=text)
    parts = {unit: found[unit] for unit in _SECONDS if found[unit]}
    # Only the smallest part may be broken. Source: ISO 8601-1:2019, 5.5.2.
    if any("." in part or "," in part for part in list(parts.values())[:-1]):
        raise NoDuration(value=text)
    seconds = sum(
        (Decimal(part.replace(",", ".")) * _SECONDS[unit] for unit, part in parts.items()),
        start=Decimal(),
    )
    if seconds > int(_MOST.total_seconds()):
        raise TooFar(years=100)
    return timedelta(microseconds=int(seconds * 1_000_000))


def written_duration(length: timedelta) -> str:
    """Write a duration in hours, minutes and seconds."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    return "PT" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0S")


def read_instant(text: str) -> datetime:
    """
    Read an instant that knows its zone.

    Raises:
        NoInstant, NaiveInstant: it is none, or does not say where it is.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise NoInstant(value=text) from None
    if at.utcoffset() is None:
        raise NaiveInstant(value=text)
    return at
