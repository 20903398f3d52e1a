"""Values with an expiry; what expired is not there."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ambidesk.ground.kernel.ephemeral.connection import execute


def put(key: str, value: Any, *, seconds: float) -> None:
    """Keep a JSON value under a key for so many seconds."""
    execute(
        "INSERT INTO ephemeral_value (key, value, expires_at)"
        " VALUES (%s, %s::jsonb, now() + make_interval(secs => %s))"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at",
        [key, json.dumps(value), seconds],
    )


def add(key: str, value: Any, *, seconds: float) -> bool:
    """Keep the value unless there is a living one; say whether it was kept."""
    return bool(
        execute(
            "INSERT INTO ephemeral_value (key, value, expires_at)"
            " VALUES (%s, %s::jsonb, now() + make_interval(secs => %s))"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value,"
            " expires_at = excluded.expires_at WHERE ephemeral_value.expires_at <= now()"
            " RETURNING 1",
            [key, json.dumps(value), seconds],
        )
    )


def get(key: str) -> Any:
    """The living value of a key, or None."""
    return get_many([key]).get(key)


def get_many(keys: Iterable[str]) -> Mapping[str, Any]:
    """The living values of keys."""
    rows = execute(
        "SELECT key, value FROM ephemeral_value WHERE key = ANY(%s) AND expires_at > now()",
        [list(keys)],
    )
    return dict(rows)


def beginning(prefix: str) -> Mapping[str, Any]:
    """The living values whose keys begin so."""
    rows = execute(
        "SELECT key, value FROM ephemeral_value WHERE starts_with(key, %s) AND expires_at > now()",
        [prefix],
    )
    return dict(rows)


def drop(key: str) -> bool:
    """Forget a key; say whether it was there."""
    return bool(execute("DELETE FROM ephemeral_value WHERE key = %s RETURNING 1", [key]))
