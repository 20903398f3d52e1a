"""Verdicts: what a failure means for a delivery: later, with growing pauses, or never."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import random

from ambidesk.ground.kernel import outbox
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.conversations.models import Delivery
from ambidesk.support.tickets.delivering import Setback, postpone, refuse

GIVE_UP_AFTER = timedelta(days=3)


def fail(rows: Sequence[Delivery], failure: Failure, *, by: Actor, at: datetime) -> None:
    """Put off deliveries that failed, or refuse them: for good at once, or after three days."""
    over = [row for row in rows if failure.is_final or _is_overdue(row, at)]
    if over:
        refuse([_setback(row, failure) for row in over], by=by, at=at)
    lost = {row.pk for row in over}
    later: dict[datetime, list[Setback]] = {}
    for row in rows:
        if row.pk not in lost:
            pause = failure.retry_after or _backoff(row)
            later.setdefault(at + pause, []).append(_setback(row, failure))
    postpone(later, at=at)


def _backoff(row: Delivery) -> timedelta:
    return outbox.backoff(row.attempts + 1, random())  # noqa: S311 jitter is no secret


def _is_overdue(row: Delivery, at: datetime) -> bool:
    return row.failing_since is not None and at - row.failing_since >= GIVE_UP_AFTER


def _setback(row: Delivery, failure: Failure) -> Setback:
    return Setback(
        delivery_id=row.pk, trouble=failure.trouble, status=failure.status, said=failure.said
    )
