"""Migrations: one process at a time, without the limits of ordinary sessions."""

from django.core.management import call_command
from django.db import connection

# Several nodes may start at once.
LOCK = 7_321_001


def migrate() -> None:
    """Apply what is missing; wait while another process does."""
    with connection.cursor() as cursor:
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SET {limit} = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
