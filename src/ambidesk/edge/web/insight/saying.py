"""Saying: measures by their names, and their values in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from ambidesk.across.insight.rules.measures import (
    READINGS,
    Better,
    Measure,
    Reading,
    Shape,
    change,
)
from ambidesk.edge.web.ui.durations import DAY, HOUR, in_words

NAMES: Mapping[Measure, str | Promise] = {
    Measure.OPENED: pgettext_lazy("figure", "Opened"),
    Measure.SOLVED: pgettext_lazy("figure", "Solved"),
    Measure.TRANSFERS: pgettext_lazy("figure", "Transfers per ticket"),
    Measure.WAIT: pgettext_lazy("figure", "Wait"),
    Measure.FIRST_RESPONSE: pgettext_lazy("figure", "First response"),
    Measure.NEXT_RESPONSE: pgettext_lazy("figure", "Next response"),
    Measure.RESOLUTION: pgettext_lazy("figure", "Resolution"),
    Measure.HANDLING: pgettext_lazy("figure", "Handling"),
    Measure.FCR: pgettext_lazy("figure", "Solved at first contact"),
    Measure.REOPENED: pgettext_lazy("figure", "Reopened"),
    Measure.ABANDONED: pgettext_lazy("figure", "Abandoned"),
    Measure.CSAT: pgettext_lazy("figure", "CSAT"),
    Measure.RESPONSE_RATE: pgettext_lazy("figure", "Response rate"),
    Measure.NPS: pgettext_lazy("figure", "NPS"),
    Measure.NPS_RATE: pgettext_lazy("figure", "NPS, response rate"),
    Measure.CES: pgettext_lazy("figure", "CES"),
    Measure.CES_RATE: pgettext_lazy("figure", "CES, response rate"),
    Measure.PROMISES: pgettext_lazy("figure", "Promises broken"),
    Measure.ANSWER_WORKED: pgettext_lazy("figure", "First response, working time"),
    Measure.SOLVE_WORKED: pgettext_lazy("figure", "Resolution, working time"),
    Measure.STAYS: pgettext_lazy("figure", "Times in it"),
    Measure.STAGE_TIME: pgettext_lazy("figure", "Time in a stage"),
    Measure.REWORK: pgettext_lazy("figure", "Sent back"),
    Measure.LABOUR: pgettext_lazy("figure", "Work"),
    Measure.COST: pgettext_lazy("figure", "Cost of work"),
}
HINTS: Mapping[Measure, str | Promise] = {
    Measure.OPENED: gettext_lazy("Tickets that began"),
    Measure.SOLVED: gettext_lazy("Tickets that were solved or closed"),
    Measure.TRANSFERS: gettext_lazy("From person to person or team to team"),
    Measure.WAIT: gettext_lazy("Until somebody takes it; half were shorter"),
    Measure.FIRST_RESPONSE: gettext_lazy("Until the first answer; half were shorter"),
    Measure.NEXT_RESPONSE: gettext_lazy("Until each further answer; half were shorter"),
    Measure.RESOLUTION: gettext_lazy("From opening to solving; half were shorter"),
    Measure.HANDLING: gettext_lazy("In somebody's hands while it was our turn"),
    Measure.FCR: gettext_lazy("One answer, no transfer, not reopened"),
    Measure.REOPENED: gettext_lazy("Solved, and opened again since"),
    Measure.ABANDONED: gettext_lazy("Ended without a word of ours"),
    Measure.CSAT: gettext_lazy("Ratings of 4 and 5 out of 5"),
    Measure.RESPONSE_RATE: gettext_lazy("Of those asked, who answered"),
    Measure.NPS: gettext_lazy("Marks of 9 and 10 less those of 0 to 6, in points"),
    Measure.NPS_RATE: gettext_lazy("Of those asked to recommend us, who answered"),
    Measure.CES: gettext_lazy("How easy it was, 7 is the easiest; the mean"),
    Measure.CES_RATE: gettext_lazy("Of those asked how easy it was, who answered"),
    Measure.PROMISES: gettext_lazy("Of all deadlines that were met or missed, those missed"),
    Measure.ANSWER_WORKED: gettext_lazy("By the calendar of the promise, pauses left out"),
    Measure.SOLVE_WORKED: gettext_lazy("By the calendar of the promise, pauses left out"),
    Measure.STAYS: gettext_lazy("Stays in a stage that ended"),
    Measure.STAGE_TIME: gettext_lazy("From entering a stage to leaving it; half were shorter"),
    Measure.REWORK: gettext_lazy("Stages that were left backwards, to be done again"),
    Measure.LABOUR: gettext_lazy("Time put down for tickets, less what was reversed"),
    Measure.COST: gettext_lazy("Work, expenses and parts, less what was reversed"),
}
NONE = "–"
# Less than this is no change that anybody should look at.
SAME = 0.005
# More than this is told as so many times.
MANY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How a figure changed: in words, up or down or level, for better or worse or neither."""

    words: str
    direction: str
    meaning: str


def value_in_words(measure: Measure, value: float | None) -> str:
    """Say a value: a number, a duration, a percentage."""
    if value is None:
        return NONE
    match READINGS[measure].shape:
        case Shape.NUMBER:
            return number_format(int(value), force_grouping=True)
        case Shape.MEDIAN | Shape.TOTAL as shape:
            return worked(value) if shape is Shape.TOTAL else in_words(value)
        case Shape.SHARE:
            return percent(value)
        case Shape.NET:
            return signed(round(value * 100))
        case shape:
            places = 1 if shape is Shape.SCORE else 2
            return number_format(round(value, places), decimal_pos=places)


def worked(seconds: float) -> str:
    """Say time of work: many hours are no days, for nobody works through the night."""
    size = abs(seconds)
    hours = pgettext("duration", "%(h)d h") % {"h": round(size / HOUR)}
    words = hours if size >= DAY else in_words(size)
    return f"\u2212{words}" if seconds < 0 else words


def percent(share: float) -> str:
    """Say a share in [0, 1]."""
    return _("%(number)s %%") % {"number": number_format(round(share * 100))}


def signed(points: int) -> str:
    """Say points that may be less than none, with a true minus."""
    return f"+{points}" if points > 0 else f"\u2212{-points}" if points else "0"


def trend_of(measure: Measure, *, now: float | None, before: float | None) -> Trend | None:
    """Say how a figure changed since the period before; None where nothing can be compared."""
    reading = READINGS[measure]
    if now is None or before is None:
        return None
    # Shares are compared by points: "from 2 % to 4 %" is no growth by a hundred percent.
    is_share = reading.shape in {Shape.SHARE, Shape.NET}
    grown = now - before if is_share else change(now, before)
    if grown is None:
        return None
    if abs(grown) > MANY:
        # Nobody reads four digits of percent; times over says the same.
        times = round(grown + 1)
        words = ngettext("%(size)s time", "%(size)s times", times) % {"size": number_format(times)}
        return Trend(words=words, direction="up", meaning=_meaning(reading, upward=True))
    points = round(abs(grown) * 100)
    if abs(grown) < SAME:
        return Trend(words=_("as before"), direction="level", meaning="")
    words = ngettext("%(size)s point", "%(size)s points", points) if is_share else _("%(size)s %%")
    upward = grown > 0
    meaning = _meaning(reading, upward=upward)
    return Trend(
        words=words % {"size": number_format(points)},
        direction="up" if upward else "down",
        meaning=meaning,
    )


def _meaning(reading: Reading, *, upward: bool) -> str:
    if reading.better is Better.NEITHER:
        return ""
    return "better" if upward == (reading.better is Better.UP) else "worse"
