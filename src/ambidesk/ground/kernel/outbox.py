"""The outbox: due rows are leased, worked on outside a transaction, and marked."""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from ambidesk.ground.kernel import holders
from ambidesk.ground.kernel.holding import held_since

M = TypeVar("M", bound=Model)
FIRST, LAST = timedelta(seconds=30), timedelta(hours=4)


@transaction.atomic
def lease(rows: QuerySet[M], *, at: datetime, lasting: timedelta, limit: int) -> list[M]:
    """
    Claim due rows that nobody else holds, the longest due first.

    The model has `due_at`, `leased_until`, `leased_by` and `attempts`; a lease that ran out is
    claimed anew.
    After a restore nothing is due until somebody confirms it.
    """
    if held_since() is not None:
        return []
    due = rows.filter(Q(leased_until=None) | Q(leased_until__lt=at), due_at__lte=at)
    claimed = list(
        due.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk")[:limit]
    )
    ids = [row.pk for row in claimed]
    every = rows.model._default_manager  # noqa: SLF001 Django's public name
    every.filter(pk__in=ids).update(leased_until=at + lasting, leased_by=holders.me())
    return claimed


def renew(row: Model, *, at: datetime, lasting: timedelta) -> bool:
    """Hold a leased row anew before its turn; false where it is gone or others hold it now."""
    every = type(row)._default_manager  # noqa: SLF001 Django's public name
    ours = every.filter(pk=row.pk, leased_by=holders.me(), leased_until__isnull=False)
    return bool(ours.update(leased_until=at + lasting))


def free_of_dead(rows: QuerySet[M]) -> int:
    """Give back what processes of this machine held that are gone; say how many rows."""
    held = rows.filter(leased_until__isnull=False).exclude(leased_by="")
    names = held.order_by("leased_by").values_list("leased_by", flat=True).distinct()
    gone = [name for name in names if holders.is_gone(name)]
    return held.filter(leased_by__in=gone).update(leased_until=None) if gone else 0


def put_off(row: Model, *, attempts: int, tries: int, at: datetime) -> None:
    """Free a leased row that did not leave: it is due later, and at last never again."""
    failed = attempts + 1
    every = type(row)._default_manager  # noqa: SLF001 Django's public name
    every.filter(pk=row.pk).update(
        attempts=failed,
        leased_until=None,
        due_at=at + backoff(failed, jitter=row.pk % 10 / 10),
        given_up_at=at if failed >= tries else None,
    )


def backoff(attempts: int, jitter: float) -> timedelta:
    """
    Say how long to wait after so many failed attempts: 30 s doubling up to 4 h.

    `jitter` in [0, 1) spreads those who failed together over half as much again.
    """
    doublings: int = 2 ** min(max(attempts - 1, 0), 12)
    pause = min(FIRST * doublings, LAST)
    return pause * (1 + jitter / 2)
