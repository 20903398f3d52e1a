"""
Milestones: positions far behind in a long line, without counting everybody in front.

Every hundredth place of a line is noted, and where a rank or priority begins; from there on the
few until somebody's own place are counted as they are now.
"""

import threading
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from ambidesk.support.routing.models import Place

KEPT_SECONDS = 5
KEPT_TEAMS = 100
NOTED = """
    SELECT number, -rank, -priority, since, ticket_id FROM (
        SELECT rank, priority, since, ticket_id, row_number() OVER line AS number,
               lag(rank) OVER line AS rank_before, lag(priority) OVER line AS priority_before
          FROM routing_place WHERE team_id = %s AND reserved_for_id IS NULL
        WINDOW line AS (ORDER BY rank DESC, priority DESC, since, ticket_id)) AS place
     WHERE number %% 100 = 1 OR rank <> rank_before OR priority <> priority_before
     ORDER BY number
"""

Key = tuple[int, int, datetime, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestones:
    """Keys of noted places in the order of their line, each with its position."""

    keys: Sequence[Key]
    positions: Sequence[int]


_lock = threading.Lock()
_noted: dict[tuple[str, int], tuple[datetime, Milestones]] = {}


def position_far_behind(place: Place, *, at: datetime) -> int:
    """Say which position a place has in its team's line, 1 being next."""
    noted = _milestones(place.team_id, at)
    key = (-place.rank, -place.priority, place.since, place.pk)
    number = bisect_left(noted.keys, key)
    if number < len(noted.keys) and noted.keys[number] == key:
        return noted.positions[number]
    if not number:
        # Nobody was noted in front of it.
        return 1
    rank, priority, since, ticket = noted.keys[number - 1]
    position = noted.positions[number - 1]
    if (rank, priority) != key[:2]:
        # It came after the look, as the first of its rank or priority: behind all in front.
        later = Place.objects.filter(team=place.team_id, rank=-rank, priority=-priority)
        return position + later.filter(reserved_for=None, since__gte=since).count()
    rows = Place.objects.filter(team=place.team_id, rank=place.rank, priority=place.priority)
    between = rows.filter(reserved_for=None, since__gte=since, since__lte=place.since)
    own = between.filter(since=place.since, pk__gte=place.pk).count()
    gone = between.filter(since=since, pk__lt=ticket).count()
    return position + max(between.count() - own - gone, 0)


def _milestones(team: int, at: datetime) -> Milestones:
    key = (str(connection.settings_dict["NAME"]), team)
    with _lock:
        kept = _noted.get(key)
    if kept and 0 <= (at - kept[0]).total_seconds() < KEPT_SECONDS:
        return kept[1]
    noted = _read(team)
    with _lock:
        if len(_noted) > KEPT_TEAMS:
            _noted.clear()
        _noted[key] = (at, noted)
    return noted


def _read(team: int) -> Milestones:
    with connection.cursor() as cursor:
        cursor.execute(NOTED, [team])
        rows = cursor.fetchall()
    return Milestones(
        keys=[(rank, priority, since, ticket) for _n, rank, priority, since, ticket in rows],
        positions=[number for number, *_key in rows],
    )
