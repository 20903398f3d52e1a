"""
Pushing: what waits in push queues is given out.

Talks go to whoever has been idle longest; work of clients goes by weighed reasons, which are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ambidesk.support.routing.attendance import present_operators
from ambidesk.support.routing.knowing import PRESSING_RISK, Asked, Known, know, team_of
from ambidesk.support.routing.models import Choice, Mode, Place, Queue
from ambidesk.support.routing.reasons import written
from ambidesk.support.routing.rules.matching import PLAIN, Hand, Match, Weights, Work, match
from ambidesk.support.routing.taking import give
from ambidesk.support.routing.weighting import terms

AT_ONCE = 200


@dataclass(slots=True, kw_only=True)
class Round:
    """One turn of a queue: its team as it is, changed as work is given, and what is known."""

    team: int
    hands: dict[int, Hand]
    known: Known
    weights: Weights
    at: datetime


def push_waiting(*, at: datetime) -> int:
    """Give out what waits in push queues as far as there is room; say how many were given."""
    queues = Queue.objects.filter(mode=Mode.PUSH, team__archived_at=None).order_by("pk")
    return sum(_push(queue, at) for queue in queues)


def _push(queue: Queue, at: datetime) -> int:
    rows = Place.objects.filter(team=queue.pk)
    waiting = list(rows.order_by("-rank", "-priority", "since", "ticket")[:AT_ONCE])
    present = present_operators(queue.pk) if waiting else []
    if not present:
        return 0
    turn = _begun(queue.pk, waiting, present, at)
    return sum(_given(place, turn) for place in waiting)


def _begun(team: int, waiting: Sequence[Place], present: list[int], at: datetime) -> Round:
    said = terms()
    asked = [
        Asked(
            ticket=place.pk,
            weight=place.weight,
            needs=frozenset(place.needs),
            reserved_for=place.reserved_for_id,
        )
        for place in waiting
    ]
    return Round(
        team=team,
        hands={hand.member: hand for hand in team_of(team, present=present, at=at)},
        known=know(asked, said, at=at),
        weights=said.weights,
        at=at,
    )


def _given(place: Place, turn: Round) -> bool:
    work = turn.known.works.get(place.pk)
    found = _match(place, work, turn)
    if found.chosen is None:
        return False
    kept = Choice(
        ticket_id=place.pk,
        team_id=turn.team,
        member_id=found.chosen,
        at=turn.at,
        reasons=written(work, found) if work else {},
    )
    ticket = give(place.pk, found.chosen, team=turn.team, choice=kept if work else None, at=turn.at)
    if ticket is None:
        # Somebody was quicker, or they went: what is true now is read at the next turn.
        turn.hands.pop(found.chosen)
        return False
    chosen = turn.hands[found.chosen]
    pressing = chosen.pressing + (1 if work and work.risk >= PRESSING_RISK else 0)
    turn.hands[found.chosen] = replace(
        chosen, load=chosen.load + place.weight, idle_since=turn.at, pressing=pressing
    )
    return True


def _match(place: Place, work: Work | None, turn: Round) -> Match:
    if work is None:
        plain = Work(
            ticket=place.pk,
            weight=place.weight,
            needs=frozenset(place.needs),
            reserved_for=place.reserved_for_id,
        )
        return match(plain, turn.hands.values(), ties={}, weights=PLAIN)
    return match(work, turn.hands.values(), ties=turn.known.ties[place.pk], weights=turn.weights)
