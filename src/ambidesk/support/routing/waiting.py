"""
Waiting: position and expected wait of whoever waits, for the widget and the screens.

A team's line is read once in two seconds and shared: a crowd of visitors costs one query.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, Sum

from ambidesk.support.routing.attendance import present_operators
from ambidesk.support.routing.carrying import hands_of
from ambidesk.support.routing.milestones import position_far_behind
from ambidesk.support.routing.models import Place, Queue, Status
from ambidesk.support.routing.rules.waiting import Pace, expected_seconds
from ambidesk.support.tickets.models import Ticket

KEPT_SECONDS = 2
KEPT_TEAMS = 500
# Whoever stands further behind is found between milestones: a line of 100,000 is not kept.
KEPT_PLACES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """
    What may be said to somebody who waits: position 1 is next.

    `seconds` is None where nobody attends.
    """

    position: int
    seconds: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The line of a team: the positions of its first thousand, and how fast it moves."""

    positions: Mapping[int, int]
    pace: Pace

    def expectation(self, position: int) -> Expectation:
        """Say what somebody at this position may expect."""
        seconds = expected_seconds(position, self.pace)
        return Expectation(position=position, seconds=None if seconds is None else round(seconds))


_lock = threading.Lock()
_lines: dict[tuple[str, int], tuple[datetime, Line]] = {}


def expected(ticket: Ticket, *, at: datetime) -> Expectation | None:
    """
    Say what the requester of a ticket may be told.

    None where the ticket waits in no queue, or its team does not tell.
    """
    place = Place.objects.filter(pk=ticket.pk, team__queue__shows_wait=True).first()
    if place is None:
        return None
    line = line_of(place.team_id, at=at)
    return line.expectation(line.positions.get(ticket.pk) or position_far_behind(place, at=at))


def line_of(team: int, *, at: datetime) -> Line:
    """Read the line of a team, or what was read a moment ago."""
    key = (str(connection.settings_dict["NAME"]), team)
    with _lock:
        kept = _lines.get(key)
    if kept and 0 <= (at - kept[0]).total_seconds() < KEPT_SECONDS:
        return kept[1]
    line = _read(team, at)
    with _lock:
        if len(_lines) > KEPT_TEAMS:
            _lines.clear()
        _lines[key] = (at, line)
    return line


def promises(places: Sequence[Place], queues: Mapping[int, Queue], *, at: datetime) -> None:
    """Note on new places, in their order, what their requesters may expect."""
    added: dict[int, int] = {}
    paces: dict[int, tuple[Pace, int]] = {}
    for place in places:
        team = place.team_id
        if team not in paces:
            paces[team] = pace_of(queues[team], at=at), _length(team)
        pace, length = paces[team]
        added[team] = added.get(team, 0) + 1
        seconds = expected_seconds(length + added[team], pace)
        place.expected_for = None if seconds is None else round(seconds)


def pace_of(queue: Queue, *, at: datetime) -> Pace:
    """Measure how fast a queue moves now: the room of those who attend, what of it is free."""
    members = present_operators(queue.pk)
    weighs = Place.objects.filter(team=queue.pk).aggregate(n=Count("pk"), sum=Sum("weight"))
    each = (weighs["sum"] or 1) / (weighs["n"] or 1)
    hands = [one for one in hands_of(members, at=at).values() if one.status is Status.ONLINE]
    return Pace(
        slots=int(sum(one.capacity for one in hands) / each),
        free=int(sum(one.free for one in hands) / each),
        hold_for=queue.hold_for,
        correction=queue.correction,
    )


def _length(team: int) -> int:
    return Place.objects.filter(team=team, reserved_for=None).count()


def _read(team: int, at: datetime) -> Line:
    rows = Place.objects.filter(team=team, reserved_for=None)
    ordered = rows.order_by("-rank", "-priority", "since", "ticket").values_list("pk", flat=True)
    queue = Queue.objects.get(pk=team)
    positions = {number: place for place, number in enumerate(ordered[:KEPT_PLACES], 1)}
    return Line(positions=positions, pace=pace_of(queue, at=at))
