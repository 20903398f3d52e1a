"""Counters in a window: what throttles count."""

from collections.abc import Mapping

from ambidesk.ground.kernel.ephemeral.connection import execute


def count(key: str, *, seconds: float, by: int = 1) -> int:
    """
    Count one more and return the sum within the window that began with the first.

    One statement, so that of many at once each gets a number of its own.
    """
    return count_many({key: seconds}, by=by)[key]


def count_many(windows: Mapping[str, float], *, by: int = 1) -> Mapping[str, int]:
    """Count one more under several keys, each with the seconds of its window; give the sums."""
    # In one order, so that two which count the same cannot wait in a ring.
    keys = sorted(windows)
    rows = execute(
        "INSERT INTO ephemeral_counter AS c (key, number, expires_at)"
        " SELECT each.key, %s, now() + make_interval(secs => each.seconds)"
        " FROM unnest(%s::text[], %s::float8[]) AS each (key, seconds)"
        " ON CONFLICT (key) DO UPDATE SET"
        " number = CASE WHEN c.expires_at <= now() THEN excluded.number"
        " ELSE c.number + excluded.number END,"
        " expires_at = CASE WHEN c.expires_at <= now() THEN excluded.expires_at"
        " ELSE c.expires_at END RETURNING key, number",
        [by, keys, [float(windows[key]) for key in keys]],
    )
    return dict(rows)
