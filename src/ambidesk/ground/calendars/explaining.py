"""
Explaining: the days between a start and what is due, each with its share of the work.

Ordinary days in a row are one step when there are many of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from ambidesk.ground.calendars.calendar import Calendar
from ambidesk.ground.calendars.days import DAY, DayPlan, Kind, day_plan
from ambidesk.ground.calendars.official import is_decreed
from ambidesk.ground.calendars.zones import EPOCH, MICROSECOND, MINUTE_US, offsets, wall_of

# So many ordinary days are told one by one; more are told as a whole.
TOLD_SINGLY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One day, or several ordinary ones up to `last`, and the working time counted in them."""

    plan: DayPlan
    last: date
    worked: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why something is due when it is; start and due in the calendar's zone."""

    zone: str
    start: datetime
    due: datetime
    work: timedelta
    steps: Sequence[Step]
    undecreed: Sequence[int]

    @property
    def clock_changes(self) -> bool:
        """Tell whether the clocks of the zone were put on or back meanwhile."""
        return self.start.utcoffset() != self.due.utcoffset()


def explain(
    calendar: Calendar, *, start: datetime, work: timedelta, language: str = "en"
) -> Explanation:
    """
    Say how a due instant comes about; names of holidays in "en" or "ru".

    Raises:
        NaiveInstant, TooFar: as Calendar.add.
    """
    due = calendar.add(start, work)
    local = start.astimezone(calendar.zone), due.astimezone(calendar.zone)
    rule = calendar.spec.holidays
    years = range(local[0].year, local[1].year + 1)
    return Explanation(
        zone=calendar.spec.zone,
        start=local[0],
        due=local[1],
        work=work,
        steps=list(_grouped(_steps(calendar, start=start, due=due, language=language))),
        undecreed=[year for year in years if rule and not is_decreed(rule, year)],
    )


def _steps(calendar: Calendar, *, start: datetime, due: datetime, language: str) -> Iterator[Step]:
    first = start.astimezone(calendar.zone).date()
    last = due.astimezone(calendar.zone).date()
    zone = offsets(calendar.zone, first=first - DAY, until=last + DAY)
    begun, ended = (start - EPOCH) // MICROSECOND, (due - EPOCH) // MICROSECOND
    # The shift of the evening before may still run.
    for number in range(-1, (last - first).days + 1):
        on = first + timedelta(days=number)
        plan = day_plan(calendar.spec, on, language=language)
        worked = 0
        for span in plan.hours:
            wall = wall_of(on) + span.start * MINUTE_US, wall_of(on) + span.end * MINUTE_US
            for low, high in zone.instants(*wall):
                begins, ends = max(low, begun), min(high, ended)
                worked += max(ends - begins, 0)
                # What one shift has counted the next does not count again.
                begun = max(begun, ends)
        if number >= 0 or worked:
            yield Step(plan=plan, last=on, worked=timedelta(microseconds=worked))


def _grouped(steps: Iterator[Step]) -> Iterator[Step]:
    for is_ordinary, run in groupby(steps, lambda step: step.plan.kind is Kind.ORDINARY):
        days = list(run)
        if not is_ordinary or len(days) <= TOLD_SINGLY:
            yield from days
            continue
        # The first and the last day are seldom whole: they stay by themselves.
        between = days[1:-1]
        yield days[0]
        yield Step(
            plan=between[0].plan,
            last=between[-1].last,
            worked=sum((day.worked for day in between), start=timedelta()),
        )
        yield days[-1]
