"""Words: an explanation as sentences, in the language that is active."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import dateformat
from django.utils.translation import gettext as _

from ambidesk.ground.calendars.days import DayPlan, Kind
from ambidesk.ground.calendars.explaining import Explanation, Step
from ambidesk.ground.calendars.hours import clock

DAY = "D j E"
INSTANT = "D j E Y, H:i"
DASH = "–"


def sentences(explanation: Explanation, *, to_the_second: bool = False) -> Iterator[str]:
    """Say from where it counts, what each day gave, and when it is due."""
    exact = f"{INSTANT}:s" if to_the_second else INSTANT
    yield _("%(work)s of working time from %(start)s (%(zone)s).") % {
        "work": spoken(explanation.work),
        "start": instant(explanation.start, exact),
        "zone": explanation.zone,
    }
    for step in explanation.steps:
        yield _step(step)
    if explanation.clock_changes:
        yield _("The clocks change in between; hours are those that the clock on the wall shows.")
    for year in explanation.undecreed:
        yield _("Moved days off of %(year)d are not known yet; only holidays of the law count.") % {
            "year": year
        }
    yield _("Due %(due)s.") % {"due": instant(explanation.due, exact)}


def spoken(length: timedelta) -> str:
    """Say a length in hours, minutes and seconds."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [
        words % number
        for number, words in (
            (hours, _("%d h")),
            (minutes, _("%d min")),
            (seconds, _("%d s")),
        )
        if number
    ]
    return " ".join(parts) or _("no time")


def instant(at: datetime, form: str = INSTANT) -> str:
    """Say an instant as the clock on its wall shows it."""
    return dateformat.format(at, form if at.second else INSTANT)


def _step(step: Step) -> str:
    if step.last != step.plan.on:
        return _("%(first)s – %(last)s: %(worked)s.") % {
            "first": _day(step.plan.on),
            "last": _day(step.last),
            "worked": spoken(step.worked),
        }
    facts = {
        "day": _day(step.plan.on),
        "worked": spoken(step.worked),
        "hours": _hours(step.plan),
        "why": _why(step.plan),
    }
    if not step.plan.hours:
        return (_("%(day)s: closed, %(why)s.") if facts["why"] else _("%(day)s: closed.")) % facts
    if facts["why"]:
        return _("%(day)s: %(worked)s (open %(hours)s; %(why)s).") % facts
    return _("%(day)s: %(worked)s (open %(hours)s).") % facts


def _why(plan: DayPlan) -> str:
    eve = _("an hour less before %(holiday)s") % {"holiday": plan.name} if plan.name else ""
    match plan.kind:
        case Kind.ORDINARY:
            return ""
        case Kind.HOLIDAY:
            return plan.name
        case Kind.SHORT:
            return eve
        case Kind.EXCEPTION:
            return plan.name or _("an exception of this calendar")
        case Kind.MOVED:
            moved = _("worked for %(day)s") % {"day": _day(plan.replaces or plan.on)}
            return f"{moved}, {eve}" if eve else moved


def _hours(plan: DayPlan) -> str:
    return ", ".join(f"{clock(span.start)}{DASH}{clock(span.end)}" for span in plan.hours)


def _day(on: date) -> str:
    return dateformat.format(on, DAY)
