"""
Heeding: a place on which somebody writes just now is waited for a moment, instead of passed over.

The wait is for the row's lock, so it ends with whoever holds it; nothing is held meanwhile.
"""

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable

# Somebody pressed a key and looks at the screen.
PATIENCE_MS = 400
WRITTEN_ON = """
    SELECT 1 FROM tickets_ticket t JOIN routing_place p ON p.ticket_id = t.id
     WHERE t.id = %s FOR NO KEY UPDATE OF t FOR UPDATE OF p
"""


def heed(ticket: int) -> None:
    """Wait until nobody writes on the ticket or its place, but never for longer than a moment."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE_MS}ms'")
            cursor.execute(WRITTEN_ON, [ticket])
            # What was locked to look is let go, as is the limit.
            transaction.set_rollback(True)
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
            raise
