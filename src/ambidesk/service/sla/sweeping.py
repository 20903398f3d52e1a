"""
Sweeping: what was reached of warnings and breaches is told, in one transaction a batch.

Rows that another sweeper holds are left to it; what was told is told once.
"""

from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.sla.events import PromiseWarned
from ambidesk.service.sla.models import Clock

AT_ONCE = 500


@transaction.atomic
def sweep_due(*, by: Actor, at: datetime, limit: int = AT_ONCE) -> int:
    """Tell what the clocks have reached, the longest overdue first; say how many clocks had."""
    due = Clock.objects.select_for_update(skip_locked=True).filter(next_at__lte=at)
    rows = list(due.order_by("next_at")[:limit])
    events = []
    for row in rows:
        reached = sum(each <= at for each in row.moments)
        events += [
            PromiseWarned(
                promise_id=row.promise_id,
                clock_id=row.pk,
                level=level + 1,
                breached=level + 1 == len(row.moments),
            )
            for level in range(row.told, reached)
        ]
        row.told = reached
        row.next_at = row.moments[reached] if reached < len(row.moments) else None
    Clock.objects.bulk_update(rows, ["told", "next_at"])
    if events:
        journal.record_many(events, by=by, at=at)
    return len(rows)
