"""Pushing: what waits in push queues is given to whoever has been idle longest."""

from dataclasses import replace
from datetime import datetime

from ambidesk.support.routing.attendance import present_operators
from ambidesk.support.routing.carrying import hands_of
from ambidesk.support.routing.models import Mode, Place, Queue, Status
from ambidesk.support.routing.rules.choosing import Candidate, longest_idle
from ambidesk.support.routing.taking import give

AT_ONCE = 200


def push_waiting(*, at: datetime) -> int:
    """Give out what waits in push queues as far as there is room; say how many were given."""
    queues = Queue.objects.filter(mode=Mode.PUSH, team__archived_at=None).order_by("pk")
    return sum(_push(queue, at) for queue in queues)


def _push(queue: Queue, at: datetime) -> int:
    rows = Place.objects.filter(team=queue.pk)
    waiting = list(rows.order_by("-rank", "-priority", "since", "ticket")[:AT_ONCE])
    if not waiting:
        return 0
    hands = hands_of(present_operators(queue.pk), at=at).values()
    able = {one.member: one.candidate for one in hands if one.status is Status.ONLINE}
    given = 0
    for place in waiting:
        chosen = _chosen(place, able)
        if chosen is None:
            continue
        if give(place.pk, chosen.member, team=queue.pk, at=at) is None:
            # Somebody was quicker, or they went: what is true now is read at the next turn.
            able.pop(chosen.member)
            continue
        given += 1
        able[chosen.member] = replace(chosen, load=chosen.load + place.weight, idle_since=at)
    return given


def _chosen(place: Place, able: dict[int, Candidate]) -> Candidate | None:
    those = [able[place.reserved_for_id]] if place.reserved_for_id in able else []
    everybody = those if place.reserved_for_id else list(able.values())
    return longest_idle(everybody, weight=place.weight, needs=frozenset(place.needs))
