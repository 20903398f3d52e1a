"""
Pacing: what queues learn from the past: sums by the hour, the mean hold, the truth of promises.

One subscriber folds it, so operators who finish at the same moment never wait for one row.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from ambidesk.ground.kernel.journal import Entry
from ambidesk.support.routing.events import TalkLeft, TalkQueued, TalkReleased, TalkTaken
from ambidesk.support.routing.models import Hour, Queue
from ambidesk.support.routing.rules.waiting import averaged, learnt

SUMS = ("arrived", "taken", "waited_seconds", "released", "held_seconds", "gone")


def learn(entries: Sequence[Entry]) -> None:
    """Fold entries of queues into the hours and the paces of their teams."""
    sums: dict[tuple[int, datetime], dict[str, int]] = defaultdict(lambda: dict.fromkeys(SUMS, 0))
    for entry in entries:
        hour = entry.at.replace(minute=0, second=0, microsecond=0)
        for name, number in _counted(entry).items():
            sums[entry.data["team_id"], hour][name] += number
    teams = set(Queue.objects.filter(pk__in={team for team, _hour in sums}).values_list(flat=True))
    for (team, hour), found in sorted(sums.items()):
        if team in teams:
            Hour.objects.get_or_create(team_id=team, starts_at=hour)
            added = {name: F(name) + number for name, number in found.items() if number}
            Hour.objects.filter(team=team, starts_at=hour).update(**added)
    for queue in Queue.objects.select_for_update().filter(pk__in=teams).order_by("pk"):
        _pace(queue, [entry for entry in entries if entry.data["team_id"] == queue.pk])


def _counted(entry: Entry) -> dict[str, int]:
    match entry.kind:
        case TalkQueued.kind:
            return {"arrived": 1}
        case TalkTaken.kind:
            return {"taken": 1, "waited_seconds": entry.data["waited_seconds"]}
        case TalkReleased.kind:
            return {"released": 1, "held_seconds": entry.data["held_seconds"]}
        case TalkLeft.kind if entry.data["over"]:
            return {"gone": 1}
    return {}


def _pace(queue: Queue, entries: Sequence[Entry]) -> None:
    before = queue.hold_for, queue.correction
    for entry in entries:
        if entry.kind == TalkReleased.kind and entry.data["held_seconds"] > 0:
            queue.hold_for = averaged(queue.hold_for, entry.data["held_seconds"])
        elif entry.kind == TalkTaken.kind and entry.data["expected_seconds"] is not None:
            queue.correction = learnt(
                queue.correction,
                expected=entry.data["expected_seconds"],
                waited=entry.data["waited_seconds"],
            )
    if before != (queue.hold_for, queue.correction):
        queue.save(update_fields=["hold_for", "correction"])
