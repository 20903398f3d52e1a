"""Counters in a window: what throttles count."""

from ambidesk.ground.kernel.ephemeral.connection import execute


def count(key: str, *, seconds: float, by: int = 1) -> int:
    """
    Count one more and return the sum within the window that began with the first.

    One statement, so that of many at once each gets a number of its own.
    """
    rows = execute(
        "INSERT INTO ephemeral_counter AS c (key, number, expires_at)"
        " VALUES (%s, %s, now() + make_interval(secs => %s))"
        " ON CONFLICT (key) DO UPDATE SET"
        " number = CASE WHEN c.expires_at <= now() THEN excluded.number"
        " ELSE c.number + excluded.number END,"
        " expires_at = CASE WHEN c.expires_at <= now() THEN excluded.expires_at"
        " ELSE c.expires_at END RETURNING number",
        [key, by, seconds],
    )
    return int(rows[0][0])
