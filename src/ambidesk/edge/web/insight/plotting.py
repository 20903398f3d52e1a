"""Plotting: the seed of the charts: days, series, words, and where each point opens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ambidesk.across.insight.questions import Question
from ambidesk.across.insight.rules.measures import Measure, Tallies, together, value_of
from ambidesk.edge.web.insight.asking import Asked

Days = Mapping[date, Tallies]
# From so many days on a point is a week: single days of a quarter are noise.
WEEKS_FROM = 60
WEEK = 7
SHORT = "j N"
NO_LOAD: Mapping[tuple[int, int], int] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a comparison, and where it leads."""

    name: str
    value: int
    url: str


def plots(
    asked: Asked,
    *,
    days: Days,
    before: Days,
    backlog: Mapping[date, int],
    load: Mapping[tuple[int, int], int] = NO_LOAD,
    bars: Sequence[Bar] = (),
) -> dict[str, Any]:
    """Give what the charts are drawn from; times in minutes, shares in percent."""
    question = asked.question
    spans = _points(question)
    back = timedelta(days=question.days)
    now = [_within(days, start, end) for start, end in spans]
    earlier = [_within(before, start - back, end - back) for start, end in spans]
    return {
        "points": [
            {
                "name": point_in_words(start, end),
                "from": start.isoformat(),
                "to": (end - timedelta(days=1)).isoformat(),
            }
            for start, end in spans
        ],
        "opened": _series(Measure.OPENED, now, _whole),
        "solved": _series(Measure.SOLVED, now, _whole),
        "backlog": [_last_known(backlog, start, end) for start, end in spans],
        "response": _series(Measure.FIRST_RESPONSE, now, _minutes),
        "responseBefore": _series(Measure.FIRST_RESPONSE, earlier, _minutes),
        "csat": _series(Measure.CSAT, now, _percent),
        "promises": _series(Measure.PROMISES, now, _percent),
        "bars": [{"name": bar.name, "value": bar.value, "url": bar.url} for bar in bars],
        "load": [[weekday - 1, hour, number] for (weekday, hour), number in sorted(load.items())],
        "weekdays": [str(WEEKDAYS_ABBR[day]) for day in range(7)],
        "words": _words(),
        "behind": f"{reverse('figures-tickets')}?{asked.address(by=None, **NO_DAYS)}",
    }


NO_DAYS = {"from": None, "to": None}


def day_in_words(day: date) -> str:
    """A day with its weekday."""
    return date_format(day, "D, j E")


def point_in_words(start: date, end: date) -> str:
    """A point of a chart: a day, or the days of a week."""
    last = end - timedelta(days=1)
    if start == last:
        return date_format(start, SHORT)
    return f"{date_format(start, SHORT)} – {date_format(last, SHORT)}"


def _words() -> dict[str, str]:
    return {
        "opened": pgettext("figure", "Opened"),
        "solved": pgettext("figure", "Solved"),
        "backlog": _("Backlog"),
        "response": _("This period"),
        "before": _("Period before"),
        "csat": _("CSAT"),
        "promises": _("Broken"),
        "minutes": _("min"),
        "hours": _("h"),
    }


def _points(question: Question) -> list[tuple[date, date]]:
    """The days of each point, half-open."""
    step = WEEK if question.days >= WEEKS_FROM else 1
    # The last point is whole, the first one takes what is left over.
    rest = question.days % step
    starts = [0] if rest else []
    starts += range(rest, question.days, step)
    found = []
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else question.days
        found.append((question.first + timedelta(days=start), question.first + timedelta(days=end)))
    return found


def _series(
    measure: Measure,
    told: list[Tallies],
    shown: Callable[[float], float],
) -> list[float | None]:
    values = [value_of(measure, tallies) for tallies in told]
    return [None if value is None else shown(value) for value in values]


def _within(days: Days, start: date, end: date) -> Tallies:
    return together(tallies for day, tallies in days.items() if start <= day < end)


def _last_known(backlog: Mapping[date, int], start: date, end: date) -> int | None:
    known = [day for day in backlog if start <= day < end]
    return backlog[max(known)] if known else None


def _whole(value: float) -> float:
    return int(value)


def _minutes(value: float) -> float:
    return round(value / 60, 1)


def _percent(value: float) -> float:
    return round(value * 100, 1)
