"""Reading: notices are read one by one, by looking at their subject, or all at once."""

from collections.abc import Iterable
from datetime import datetime

from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.notifications.models import Notice


def read_about(subject_kind: str, subject_id: int, *, by: Actor, at: datetime) -> int:
    """Mark what the actor was told of a subject as read; say how many."""
    rows = Notice.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return _read(rows.filter(user=by.user_id, read_at=None).values_list("pk", flat=True), by, at)


def read_all(*, by: Actor, at: datetime) -> int:
    """Mark everything that the actor was told as read; say how many."""
    rows = Notice.objects.filter(user=by.user_id, read_at=None)
    return _read(rows.values_list("pk", flat=True), by, at)


def _read(keys: Iterable[int], by: Actor, at: datetime) -> int:
    changed = Notice.objects.filter(pk__in=keys).update(read_at=at, mail_due_at=None)
    if changed and by.user_id:
        signal(f"user:{by.user_id}")
    return changed
