"""Sweeping: what expired goes."""

from ambidesk.ground.kernel.ephemeral.connection import execute

TABLES = ("ephemeral_value", "ephemeral_counter", "ephemeral_presence")


def sweep() -> int:
    """Remove what expired; say how many rows."""
    gone = 0
    for table in TABLES:
        rows = execute(f"DELETE FROM {table} WHERE expires_at <= now() RETURNING 1", [])  # noqa: S608 constants
        gone += len(rows)
    return gone
