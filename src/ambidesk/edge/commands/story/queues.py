"""Queues of the story: each team takes what is next, and four weeks of hours lie behind it."""

import math
from datetime import datetime, timedelta
from random import Random

from ambidesk.edge.commands.story.scenery import HOUSES
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.parties.staff.models import Team
from ambidesk.support.routing.arranging import Arrangement, arrange_queue
from ambidesk.support.routing.models import Hour, Mode, Queue

WEEKS = 4
BUSIEST, SERVICE_SECONDS = 42, 260
# What somebody held who vanished goes back soon: the demo is watched, not lived in.
RETURN_AFTER = 15


def open_queues(*, at: datetime) -> None:
    """Give each first line a queue and a past, unless it has one."""
    first_lines = [house.team for house in HOUSES]
    for team in Team.objects.filter(queue=None, name__in=first_lines).order_by("pk"):
        said = Arrangement(mode=Mode.PULL, return_after=RETURN_AFTER)
        arrange_queue(team, said, by=TELLER, at=at)
        Queue.objects.filter(pk=team.pk).update(hold_for=SERVICE_SECONDS)
        Hour.objects.bulk_create(_hours(team, at), ignore_conflicts=True)


def _hours(team: Team, at: datetime) -> list[Hour]:
    dice = Random(team.pk)  # noqa: S311 a story, no secret
    this = at.replace(minute=0, second=0, microsecond=0)
    hours = []
    for ago in range(1, WEEKS * 7 * 24):
        starts_at = this - timedelta(hours=ago)
        came = round(_share(starts_at) * BUSIEST * dice.uniform(0.8, 1.2))
        if came:
            hours.append(
                Hour(
                    team=team,
                    starts_at=starts_at,
                    arrived=came,
                    taken=came,
                    waited_seconds=came * dice.randrange(10, 60),
                    released=came,
                    held_seconds=came * SERVICE_SECONDS,
                )
            )
    return hours


def _share(at: datetime) -> float:
    """The share of the busiest hour: two hills a working day, half of it at the weekend."""
    morning = math.exp(-(((at.hour - 10) / 2.6) ** 2))
    evening = 0.8 * math.exp(-(((at.hour - 17) / 3.0) ** 2))
    return min(morning + evening, 1.0) * (0.5 if at.weekday() > 4 else 1.0)
