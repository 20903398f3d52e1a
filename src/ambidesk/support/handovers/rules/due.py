"""
Due: until when a contractor has time, which is always before the client's own time ends.

The contractor's own time counts by their calendar; where that would end too late, what is left of
the client's time less the margin counts instead, round the clock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ambidesk.service.sla.rules.facts import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """Working time from an instant on; `by_calendar` or round the clock; `due` is its end."""

    work: timedelta
    by_calendar: bool
    due: datetime


def allow(
    start: datetime,
    *,
    work: timedelta,
    margin: timedelta,
    measure: Measure,
    client_due: datetime | None,
) -> Allowance:
    """
    Say how much time a contractor has from `start` on.

    Where less than the margin is left of the client's time it is halved; where that is over
    already, nothing can end before it, and the contractor's own time counts.
    """
    own = measure.add(start, work)
    if client_due is None or client_due <= start:
        return Allowance(work=work, by_calendar=True, due=own)
    left = client_due - start
    cap = left - margin if margin < left else left / 2
    latest = start + timedelta(seconds=int(cap.total_seconds()))
    if own <= latest:
        return Allowance(work=work, by_calendar=True, due=own)
    return Allowance(work=latest - start, by_calendar=False, due=latest)
