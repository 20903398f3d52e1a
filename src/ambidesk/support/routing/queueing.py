"""Queueing: tickets take their places, with what their requesters are told to expect."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.routing.events import TalkQueued
from ambidesk.support.routing.models import Place, Queue
from ambidesk.support.routing.needing import needs_of
from ambidesk.support.routing.waiting import promises
from ambidesk.support.routing.weighing import Weighed
from ambidesk.support.tickets.models import Ticket

WRITTEN = [
    "team",
    "weight",
    "keeps",
    "needs",
    "rank",
    "priority",
    "since",
    "reserved_for",
    "overflow_at",
    "expected_for",
]


def queue_up(
    tickets: Sequence[Ticket],
    queues: Mapping[int, Queue],
    *,
    weighed: Callable[[Ticket], Weighed],
    by: Actor,
    at: datetime,
) -> None:
    """Let locked, unassigned tickets stand in their team's queue; those there keep their age."""
    numbers = [ticket.pk for ticket in tickets]
    needs = needs_of(numbers, at=at)
    there = Place.objects.in_bulk(numbers)
    fresh = []
    for ticket in tickets:
        required = needs.get(ticket.pk, frozenset())
        queue = queues[ticket.team_id or 0]
        place = _place(ticket, queue, weighed=weighed(ticket), needs=required, at=at)
        fresh.append(_aged(place, there.get(ticket.pk)))
    news = [place for place in fresh if not _stands(there.get(place.pk), place)]
    promises(news, queues, at=at)
    changed = [place for place in fresh if _differs(there.get(place.pk), place)]
    Place.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["ticket"], update_fields=WRITTEN
    )
    events = [
        TalkQueued(ticket_id=each.pk, team_id=each.team_id, skill_ids=list(each.needs))
        for each in news
    ]
    journal.record_many(events, by=by, at=at)


def _aged(place: Place, old: Place | None) -> Place:
    """Let a place keep what it earned before, as long as it is in the same queue."""
    if old is not None and old.team_id == place.team_id:
        place.rank, place.since = old.rank, min(old.since, place.since)
        place.overflow_at, place.expected_for = old.overflow_at, old.expected_for
    return place


def _place(
    ticket: Ticket, queue: Queue, *, weighed: Weighed, needs: frozenset[int], at: datetime
) -> Place:
    since = ticket.waiting_since or ticket.opened_at
    wait = queue.overflow_after
    flows = queue.overflow_to_id and wait is not None
    return Place(
        ticket=ticket,
        team_id=queue.pk,
        weight=weighed.weight,
        keeps=weighed.keeps,
        needs=sorted(needs),
        priority=ticket.priority,
        since=since,
        overflow_at=max(since, at) + timedelta(seconds=wait or 0) if flows else None,
    )


def _stands(old: Place | None, new: Place) -> bool:
    return old is not None and old.team_id == new.team_id


def _differs(old: Place | None, new: Place) -> bool:
    if old is None:
        return True
    facts = ("team_id", "weight", "keeps", "needs", "rank", "priority", "since", "reserved_for_id")
    return any(getattr(old, name) != getattr(new, name) for name in facts)
