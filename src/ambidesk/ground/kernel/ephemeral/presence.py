"""Presence: who is at a place now, until they leave or fall silent."""

from collections.abc import Collection, Mapping
from typing import Any

from psycopg.types.json import Jsonb

from ambidesk.ground.kernel.ephemeral.connection import execute


def enter(place: str, who: int, *, doing: Mapping[str, Any], seconds: float) -> None:
    """Say that somebody is at a place, for so many seconds."""
    execute(
        "INSERT INTO ephemeral_presence (place, who, doing, expires_at)"
        " VALUES (%s, %s, %s, now() + make_interval(secs => %s))"
        " ON CONFLICT (place, who) DO UPDATE SET doing = excluded.doing,"
        " expires_at = excluded.expires_at",
        [place, who, Jsonb(dict(doing)), seconds],
    )


def enter_many(place: str, who: Collection[int], *, seconds: float) -> None:
    """Say of many at once that they are at a place, for so many seconds; what they do stays."""
    if not who:
        return
    execute(
        "INSERT INTO ephemeral_presence (place, who, doing, expires_at)"
        " SELECT %s, each, '{}'::jsonb, now() + make_interval(secs => %s)"
        " FROM unnest(%s::bigint[]) AS each"
        " ON CONFLICT (place, who) DO UPDATE SET expires_at = excluded.expires_at",
        [place, seconds, sorted(who)],
    )


def leave(place: str, who: int) -> None:
    """Say that somebody left."""
    execute("DELETE FROM ephemeral_presence WHERE place = %s AND who = %s", [place, who])


def leave_many(place: str, lasting: Mapping[int, float]) -> list[int]:
    """
    Say of many at once that they left; give those who were there.

    Whoever was said to be there for more seconds from now than stand beside them was seen elsewhere
    meanwhile, and stays.
    """
    rows = execute(
        "DELETE FROM ephemeral_presence AS p"
        " USING unnest(%s::bigint[], %s::float8[]) AS gone (who, lasting)"
        " WHERE p.place = %s AND p.who = gone.who"
        " AND p.expires_at <= now() + make_interval(secs => gone.lasting) RETURNING p.who",
        [list(lasting), list(lasting.values()), place],
    )
    return [who for (who,) in rows]


def present_among(place: str, who: Collection[int]) -> Mapping[int, Mapping[str, Any]]:
    """Who of these is at the place, and what they do there."""
    rows = execute(
        "SELECT who, doing FROM ephemeral_presence WHERE place = %s AND who = ANY(%s::bigint[])"
        " AND expires_at > now()",
        [place, sorted(who)],
    )
    return dict(rows)


def present(place: str) -> Mapping[int, Mapping[str, Any]]:
    """Who is at the place, and what they do there."""
    rows = execute(
        "SELECT who, doing FROM ephemeral_presence WHERE place = %s AND expires_at > now()",
        [place],
    )
    return dict(rows)
