"""Terms: versions of policies and calendars, read once a process, for they never change."""

from functools import lru_cache

from ambidesk.ground.calendars.calendar import Calendar
from ambidesk.ground.calendars.reading import read
from ambidesk.service.sla.models import CalendarVersion, PolicyVersion
from ambidesk.service.sla.rules.facts import Target, Terms
from ambidesk.service.sla.targets import read_targets


def terms_of(policy: int, calendar: int) -> Terms:
    """Give the terms of two versions by their ids."""
    return Terms(key=(policy, calendar), measure=measure_of(calendar), targets=_targets(policy))


@lru_cache(maxsize=256)
def measure_of(calendar: int) -> Calendar:
    """Compile a version of a calendar."""
    return Calendar(read(CalendarVersion.objects.get(pk=calendar).spec))


@lru_cache(maxsize=1024)
def _targets(policy: int) -> tuple[Target, ...]:
    return read_targets(PolicyVersion.objects.get(pk=policy).targets)
