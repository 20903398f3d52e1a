"""
Claiming: raw items are leased in the order of arrival, no channel ahead of another, and settled.

The number of attempts fences: whoever lost the lease settles nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import F

from ambidesk.support.conversations.models import IntakeItem, IntakeState

CLAIM: Final = """
    WITH due AS MATERIALIZED (
        SELECT channel.id
          FROM conversations_channel AS channel CROSS JOIN LATERAL (
               -- Limited, so that the first one is looked up and not all of them are read.
               SELECT FROM conversations_intake_item
                WHERE channel_id = channel.id AND state = 'waiting'
                  AND (leased_until IS NULL OR leased_until < %(at)s)
                ORDER BY id LIMIT 1) AS oldest
         WHERE channel.kind = ANY(%(kinds)s)
           AND (%(only)s::bigint[] IS NULL OR channel.id = ANY(%(only)s::bigint[]))
    ), picked AS MATERIALIZED (
        SELECT item.id, item.attempts
          FROM due CROSS JOIN LATERAL (
               SELECT id, attempts FROM conversations_intake_item
                WHERE channel_id = due.id AND state = 'waiting'
                  AND (leased_until IS NULL OR leased_until < %(at)s)
                ORDER BY id
                LIMIT greatest(1, %(limit)s / (SELECT count(*) FROM due))
                  FOR UPDATE SKIP LOCKED) AS item
    )
    UPDATE conversations_intake_item AS item
       SET attempts = item.attempts + 1, leased_until = %(until)s
      FROM picked
     WHERE item.id = picked.id
       AND (picked.attempts = 0
            OR picked.id = (SELECT min(id) FROM picked WHERE attempts > 0))
    RETURNING item.id
"""


@transaction.atomic
def claim(
    kinds: Sequence[str],
    *,
    only: Collection[int] | None = None,
    at: datetime,
    lasting: timedelta,
    limit: int,
) -> list[IntakeItem]:
    """
    Lease what waits in the channels of some kinds, or only in some of them, a like share to each.

    What was tried before comes one at a time and last: it may be what brought others down.
    """
    with connection.cursor() as cursor:
        given = {"kinds": list(kinds), "only": None if only is None else list(only)}
        cursor.execute(CLAIM, {**given, "at": at, "limit": limit, "until": at + lasting})
        ids = [number for (number,) in cursor.fetchall()]
    return list(IntakeItem.objects.filter(pk__in=ids).order_by("attempts", "pk")) if ids else []


def release(items: Iterable[IntakeItem]) -> None:
    """Give back what was leased and not looked at."""
    for attempts, ids in _by_attempts(items).items():
        IntakeItem.objects.filter(pk__in=ids, state=IntakeState.WAITING, attempts=attempts).update(
            leased_until=None, attempts=F("attempts") - 1
        )


def hold(items: Sequence[IntakeItem]) -> set[int]:
    """Lock leased items for the transaction that settles them; return those still ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT item.id FROM conversations_intake_item AS item
              JOIN unnest(%s::bigint[], %s::int[]) AS ours (id, attempts)
                ON item.id = ours.id AND item.attempts = ours.attempts
             WHERE item.state = 'waiting'
             ORDER BY item.id
               FOR UPDATE OF item
            """,
            [[item.pk for item in items], [item.attempts for item in items]],
        )
        return {number for (number,) in cursor.fetchall()}


def settle(items: Sequence[IntakeItem], state: IntakeState, *, reason: str = "") -> set[int]:
    """
    Say what became of leased items, in the transaction of its effects.

    Returns the ids of those that were still ours: the others are somebody else's now.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE conversations_intake_item AS item
               SET state = %s, reason = %s, leased_until = NULL
              FROM unnest(%s::bigint[], %s::int[]) AS ours (id, attempts)
             WHERE item.id = ours.id AND item.attempts = ours.attempts
               AND item.state = 'waiting'
            RETURNING item.id
            """,
            [state, reason, [item.pk for item in items], [item.attempts for item in items]],
        )
        return {number for (number,) in cursor.fetchall()}


def waiting_since() -> datetime | None:
    """Say since when the oldest item waits that nobody holds."""
    oldest = IntakeItem.objects.filter(state=IntakeState.WAITING).order_by("received_at").first()
    return oldest.received_at if oldest else None


def _by_attempts(items: Iterable[IntakeItem]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    for item in items:
        found.setdefault(item.attempts, []).append(item.pk)
    return found
