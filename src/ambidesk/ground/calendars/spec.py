"""
What a service calendar says: hours of the week, rule of holidays, exceptions.

Spans are minutes since midnight on the wall, half-open; an end above 1,440 lies on the next day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

MINUTES_OF_DAY = 1_440
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of working time of one day."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= self.start + MINUTES_OF_DAY:
            raise ValueError(f"no stretch of a day: {self.start} to {self.end} minutes")
        if self.start >= MINUTES_OF_DAY:
            raise ValueError(f"a stretch begins on its own day: {self.start} minutes")


Hours = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayYear:
    """
    One year of a country's official calendar, as it was decreed.

    `public` are the holidays of the law, `off` other days off, `working` working days at a weekend,
    each with the day that it replaces.
    """

    public: Mapping[date, str]
    off: Mapping[date, str] = field(default_factory=dict)
    working: Mapping[date, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayRule:
    """
    Whose holidays are kept.

    `short_days`: the working day before a public holiday ends an hour earlier. `years` are
    loaded by hand and stand before what the library knows.
    """

    country: str
    subdivision: str = ""
    short_days: bool = False
    years: Mapping[int, HolidayYear] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOut:
    """One day that is not as its weekday is; without hours it is closed."""

    hours: Hours
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSpec:
    """A service calendar in one version; `week` has seven entries from Monday on."""

    zone: str
    week: tuple[Hours, ...]
    holidays: HolidayRule | None = None
    exceptions: Mapping[date, DayOut] = field(default_factory=dict)

    @property
    def ever_works(self) -> bool:
        """Tell whether there is any working time in it at all."""
        return any(self.week) or any(day.hours for day in self.exceptions.values())
