"""Foreseeing: the week to come, by hour and weekday, from the hours of the last eight weeks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.db.models import Avg

from ambidesk.parties.staff.models import Team
from ambidesk.support.routing.models import Hour, Operator, Queue
from ambidesk.support.routing.rules.forecast import (
    Aim,
    Outlook,
    Past,
    expected_arrivals,
    outlook,
)

WEEKS = 8
DAYS, HOURS = 7, 24
DEFAULT_SLOTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """
    What a team may expect: `week[weekday][hour]`, Monday first, in the zone that was asked for.

    `weeks` is how much past there is; without any, nothing is foreseen.
    """

    week: tuple[tuple[Outlook, ...], ...]
    weeks: int
    service: float
    slots: int
    aim: Aim

    @property
    def is_blind(self) -> bool:
        """There is no past to learn from."""
        return self.weeks == 0


def foresee(team: Team, *, zone: tzinfo, at: datetime) -> Foresight:
    """Say how much comes to a team in each hour of a week, and how many operators it needs."""
    queue = Queue.objects.get(pk=team.pk)
    hours = list(
        Hour.objects.filter(
            team=team, starts_at__gte=at - timedelta(weeks=WEEKS), starts_at__lt=_this_hour(at)
        ).order_by("starts_at")
    )
    weeks = _weeks(hours, at)
    service = _service(hours, queue)
    capacity = Operator.objects.filter(member__teams=team).aggregate(mean=Avg("capacity"))["mean"]
    slots = max(round(capacity or DEFAULT_SLOTS), 1)
    aim = Aim(
        seconds=queue.target_seconds,
        share=queue.target_percent / 100,
        patience=queue.patience_seconds,
    )
    past = _past(hours, weeks, zone, at)
    week = tuple(
        tuple(
            outlook(expected_arrivals(past[weekday, hour]), service=service, slots=slots, aim=aim)
            for hour in range(HOURS)
        )
        for weekday in range(DAYS)
    )
    return Foresight(week=week, weeks=weeks, service=service, slots=slots, aim=aim)


def _this_hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _weeks(hours: list[Hour], at: datetime) -> int:
    if not hours:
        return 0
    return min((at - hours[0].starts_at).days // DAYS + 1, WEEKS)


def _service(hours: list[Hour], queue: Queue) -> float:
    released = sum(hour.released for hour in hours)
    held = sum(hour.held_seconds for hour in hours)
    return held / released if released else queue.hold_for


def _past(
    hours: list[Hour], weeks: int, zone: tzinfo, at: datetime
) -> Mapping[tuple[int, int], list[Past]]:
    """Sort the past by hour of the week; an hour in which nothing came counts as none."""
    came: dict[datetime, int] = {hour.starts_at: hour.arrived for hour in hours}
    sorted_past: dict[tuple[int, int], list[Past]] = defaultdict(list)
    for starts_at in _every_hour(weeks, at):
        local = starts_at.astimezone(zone)
        ago = (at - starts_at).days // DAYS
        past = Past(weeks_ago=ago, arrived=came.get(starts_at, 0))
        sorted_past[local.weekday(), local.hour].append(past)
    return sorted_past


def _every_hour(weeks: int, at: datetime) -> Iterator[datetime]:
    first = _this_hour(at)
    for number in range(1, weeks * DAYS * HOURS + 1):
        yield first - timedelta(hours=number)
