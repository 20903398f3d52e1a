"""
Standing: how it is now, for the live board.

Computed once a second for all who see the same brands, however many screens show it.
"""

import threading
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import connection
from django.db.models import Count, Min, Sum

from ambidesk.across.insight.questions import Question
from ambidesk.across.insight.reading import tallies
from ambidesk.across.insight.rules.facts import FactKind
from ambidesk.across.insight.rules.measures import Measure, Tally, value_of
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.staff.models import Team
from ambidesk.support.routing.models import Engagement, Operator, Status
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.reach import served_brands
from ambidesk.support.tickets.rules.states import WaitingFor

KEPT_SECONDS = 1.0
WEEK = timedelta(days=7)
ATTENDS = (Status.ONLINE, Status.BUSY)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamNow:
    """One team: what waits, since when, who is there and how full their hands are."""

    id: int
    name: str
    waiting: int
    oldest_at: datetime | None
    attending: int
    load: int
    capacity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The desk as it is now; `csat` in [0, 1] over the last seven days, None without a mark."""

    at: datetime
    waiting: int
    oldest_at: datetime | None
    attending: int
    away: int
    load: int
    capacity: int
    solved: int
    opened: int
    csat: float | None
    marks: int
    teams: tuple[TeamNow, ...]


_lock = threading.Lock()
_kept: dict[Hashable, tuple[float, Standing]] = {}


def stand(actor: Actor, *, at: datetime) -> Standing:
    """Say how it is; all who see the same brands get one answer a second."""
    key = (connection.settings_dict["NAME"], _sight(actor))
    with _lock:
        since, found = _kept.get(key, (0.0, None))
        if found is not None and monotonic() - since < KEPT_SECONDS:
            return found
        # Whoever asks meanwhile waits for this answer and asks the database nothing.
        standing = _stand(actor, at)
        if len(_kept) > 100:
            _kept.clear()
        _kept[key] = (monotonic(), standing)
        return standing


def forget_standing() -> None:
    """Ask the database again at the next question."""
    with _lock:
        _kept.clear()


def _sight(actor: Actor) -> Hashable:
    if actor.may(ReachRight.SEE_EVERYTHING):
        return None
    return tuple(sorted(served_brands(actor)))


def _stand(actor: Actor, at: datetime) -> Standing:
    waiting = _waiting(actor, at)
    people = _people(actor)
    today = day_of(at)
    of_day = tallies(Question(first=today, until=today + timedelta(days=1)), actor=actor)
    week = Question(first=today + timedelta(days=1) - WEEK, until=today + timedelta(days=1))
    of_week = tallies(week, actor=actor)
    teams = tuple(_team(team, waiting, people) for team in _teams(actor))
    everyone = {pk: each for many in people.values() for pk, each in many.items()}
    oldest = [since for _number, since in waiting.values() if since]
    return Standing(
        at=at,
        waiting=sum(number for number, _since in waiting.values()),
        oldest_at=min(oldest, default=None),
        attending=sum(each.status in ATTENDS for each in everyone.values()),
        away=sum(each.status not in ATTENDS for each in everyone.values()),
        load=sum(each.load for each in everyone.values()),
        capacity=sum(each.capacity for each in everyone.values() if each.status in ATTENDS),
        solved=of_day.get(FactKind.SOLVED, Tally()).number,
        opened=of_day.get(FactKind.OPENED, Tally()).number,
        csat=value_of(Measure.CSAT, of_week),
        marks=of_week.get(FactKind.CSAT, Tally()).number,
        teams=teams,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hands:
    status: str
    load: int
    capacity: int


Waiting = Mapping[int | None, tuple[int, datetime | None]]
People = Mapping[int, Mapping[int, _Hands]]


def _waiting(actor: Actor, at: datetime) -> Waiting:
    rows = Ticket.objects.visible_to(actor).active().awake(at)
    ours = rows.filter(waiting_for=WaitingFor.US, suspended=False).order_by()
    counted = ours.values_list("team").annotate(many=Count("pk"), since=Min("waiting_since"))
    return {team: (many, since) for team, many, since in counted}


def _teams(actor: Actor) -> list[Team]:
    rows = Team.objects.filter(archived_at=None)
    if not actor.may(ReachRight.SEE_EVERYTHING):
        rows = rows.filter(brands__in=served_brands(actor)).distinct()
    return list(rows.order_by("name"))


def _people(actor: Actor) -> People:
    """Who works from which team, and what they hold; by team and member."""
    held = dict(
        Engagement.objects.filter(active_since__isnull=False)
        .values_list("member")
        .annotate(weight=Sum("weight"))
        .values_list("member", "weight")
    )
    found: dict[int, dict[int, _Hands]] = {team.pk: {} for team in _teams(actor)}
    rows = Operator.objects.filter(member__teams__in=list(found), member__user__is_active=True)
    facts = ("member_id", "status", "capacity", "member__teams__id")
    for member, status, capacity, team in rows.values_list(*facts):
        hands = _Hands(status=status, load=held.get(member, 0), capacity=capacity)
        if team in found:
            found[team][member] = hands
    return found


def _team(team: Team, waiting: Waiting, people: People) -> TeamNow:
    number, since = waiting.get(team.pk, (0, None))
    here = [each for each in people.get(team.pk, {}).values() if each.status in ATTENDS]
    return TeamNow(
        id=team.pk,
        name=team.name,
        waiting=number,
        oldest_at=since,
        attending=len(here),
        load=sum(each.load for each in here),
        capacity=sum(each.capacity for each in here),
    )
