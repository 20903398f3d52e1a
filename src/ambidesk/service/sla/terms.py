"""Terms: versions of policies and calendars, read once a process, for they never change."""

from datetime import datetime, timedelta
from functools import lru_cache

from ambidesk.ground.calendars.calendar import Calendar
from ambidesk.ground.calendars.reading import read
from ambidesk.service.sla.models import CalendarVersion, PolicyVersion
from ambidesk.service.sla.rules.facts import Measure, Target, Terms
from ambidesk.service.sla.targets import read_targets


class AllHours:
    """Every hour of every day."""

    def add(self, start: datetime, work: timedelta) -> datetime:
        """Give the instant by which so much time has passed."""
        return start + work

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Measure the time between."""
        return end - start


ALL_HOURS: Measure = AllHours()


def terms_of(policy: int, calendar: int) -> Terms:
    """Give the terms of two versions by their ids."""
    return Terms(key=(policy, calendar), measure=measure_of(calendar), targets=_targets(policy))


@lru_cache(maxsize=256)
def measure_of(calendar: int) -> Calendar:
    """Compile a version of a calendar."""
    return Calendar(read(CalendarVersion.objects.get(pk=calendar).spec))


def measure_or_all(calendar: int | None) -> Measure:
    """Compile a version of a calendar; none is round the clock."""
    return measure_of(calendar) if calendar else ALL_HOURS


@lru_cache(maxsize=1024)
def _targets(policy: int) -> tuple[Target, ...]:
    return read_targets(PolicyVersion.objects.get(pk=policy).targets)
