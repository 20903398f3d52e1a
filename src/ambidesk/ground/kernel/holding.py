"""
Holding: after a restore nothing leaves the desk until somebody confirms it.

What waits in an outbox may have been sent after the backup was made.
"""

from datetime import datetime

from django.db import connection, transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.events import OutboxReleased
from ambidesk.ground.kernel.journal import Acting
from ambidesk.ground.kernel.signals import signal

TOPIC = "problems"


def hold(*, at: datetime) -> None:
    """Keep every outbox from sending; one that is held already stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO outbox_hold (since) VALUES (%s) ON CONFLICT DO NOTHING", [at])


@transaction.atomic
def release(*, by: Acting, at: datetime) -> None:
    """Let the outboxes send again; where they do, nothing happens."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM outbox_hold")
        if not cursor.rowcount:
            return
    journal.record(OutboxReleased(), by=by, at=at)
    signal(TOPIC)


def held_since() -> datetime | None:
    """Say since when nothing leaves; None when the outboxes send."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT since FROM outbox_hold")
        row = cursor.fetchone()
    return row[0] if row else None
