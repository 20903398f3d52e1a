"""
The schedule: periodic jobs, each once for each period, told the instant that they are due for.

What fell due while nobody ran is done once, for the last period; a clock that jumps adds one run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from ambidesk.ground.kernel.jobs.job import Job
from ambidesk.ground.kernel.models import ScheduledRun

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
# By number, not by age: a clock that jumps ahead and back must find its period again.
KEPT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Periodic:
    """A job with the one parameter `due_at`, every so often, `after` the period's beginning."""

    job: Job[...]
    every: timedelta
    after: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        if not self.job.takes("due_at"):
            raise TypeError(f"{self.job.name}: a periodic job takes due_at")
        if self.every <= timedelta(0):
            raise ValueError(f"{self.job.name}: a period lasts some time")

    def last_due(self, at: datetime) -> datetime:
        """Give the last instant at which it fell due; days begin at midnight UTC."""
        first = BEGINNING + self.after
        return first + (at - first) // self.every * self.every


def defer_due(periodics: Sequence[Periodic], *, at: datetime) -> int:
    """Defer the jobs that are due and were not deferred for this period; say how many."""
    return sum(_deferred(each, at=at) for each in periodics)


@transaction.atomic
def _deferred(periodic: Periodic, *, at: datetime) -> int:
    due_at, name = periodic.last_due(at), periodic.job.name
    _run, is_new = ScheduledRun.objects.get_or_create(name=name, due_at=due_at)
    if is_new:
        periodic.job.defer(due_at=due_at)
        latest = ScheduledRun.objects.filter(name=name).order_by("-pk")
        outlived = latest.values("pk")[KEPT:]
        ScheduledRun.objects.filter(pk__in=outlived).delete()
    return int(is_new)
