"""The outbox: due rows are leased, worked on outside a transaction, and marked."""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from ambidesk.ground.kernel.holding import held_since

M = TypeVar("M", bound=Model)
FIRST, LAST = timedelta(seconds=30), timedelta(hours=4)


@transaction.atomic
def lease(rows: QuerySet[M], *, at: datetime, lasting: timedelta, limit: int) -> list[M]:
    """
    Claim due rows that nobody else holds, the longest due first.

    The model has `due_at`, `leased_until` and `attempts`; a lease that ran out is claimed anew.
    After a restore nothing is due until somebody confirms it.
    """
    if held_since() is not None:
        return []
    due = rows.filter(Q(leased_until=None) | Q(leased_until__lt=at), due_at__lte=at)
    claimed = list(
        due.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk")[:limit]
    )
    ids = [row.pk for row in claimed]
    rows.model._default_manager.filter(pk__in=ids).update(leased_until=at + lasting)  # noqa: SLF001 Django's public name
    return claimed


def backoff(attempts: int, jitter: float) -> timedelta:
    """
    Say how long to wait after so many failed attempts: 30 s doubling up to 4 h.

    `jitter` in [0, 1) spreads those who failed together over half as much again.
    """
    doublings: int = 2 ** min(max(attempts - 1, 0), 12)
    pause = min(FIRST * doublings, LAST)
    return pause * (1 + jitter / 2)
