"""The year of a calendar as a small picture: which days are closed, short, moved or out."""

from calendar import Calendar as Weeks
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ambidesk.ground.calendars.days import DayPlan, Kind, day_plan
from ambidesk.ground.calendars.hours import clock
from ambidesk.ground.calendars.spec import CalendarSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day; `number` is 0 for the blanks before the first and after the last."""

    number: int
    kind: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month, its days by weeks."""

    name: str
    days: Sequence[Day]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Twelve months, and what is special in words for who does not see the picture."""

    number: int
    months: Sequence[Month]
    special: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """The years that somebody wants to look at."""

    years: Sequence[Year]
    template: str = "years.html"


def drawn(spec: CalendarSpec, year: int) -> Year:
    """Draw a year."""
    language = "ru" if (get_language() or "").startswith("ru") else "en"
    special: list[str] = []

    def day(on: date, month: int) -> Day:
        if on.month != month:
            return Day(number=0)
        plan = day_plan(spec, on, language=language)
        words = _words(plan)
        if plan.kind is not Kind.ORDINARY:
            special.append(f"{on:%d.%m} · {words}")
        closed = plan.kind is Kind.ORDINARY and not plan.hours
        return Day(number=on.day, kind="closed" if closed else plan.kind.value, words=words)

    months = [
        Month(
            name=str(MONTHS[month]).capitalize(),
            days=[day(on, month) for on in Weeks().itermonthdates(year, month)],
        )
        for month in range(1, 13)
    ]
    return Year(number=year, months=months, special=special)


def _words(plan: DayPlan) -> str:
    hours = ", ".join(f"{clock(span.start)}–{clock(span.end)}" for span in plan.hours)
    told = hours or _("closed")
    return f"{told} ({plan.name})" if plan.name else told
