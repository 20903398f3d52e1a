"""
Holding: after a restore nothing leaves the desk until somebody confirms it.

What waits in an outbox may have been sent after the backup was made.
"""

from datetime import datetime

from django.db import connection


def hold(*, at: datetime) -> None:
    """Keep every outbox from sending; one that is held already stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO outbox_hold (since) VALUES (%s) ON CONFLICT DO NOTHING", [at])


def release() -> None:
    """Let the outboxes send again."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM outbox_hold")


def held_since() -> datetime | None:
    """Say since when nothing leaves; None when the outboxes send."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT since FROM outbox_hold")
        row = cursor.fetchone()
    return row[0] if row else None
