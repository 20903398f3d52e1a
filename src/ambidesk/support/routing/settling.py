"""
Settling: places and engagements follow what tickets say of themselves.

What is settled twice is settled once: a subscriber of the journal calls it, a sweeper finds the
rest. Tickets are locked before places, in the order of their keys.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Event
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.routing.carrying import park
from ambidesk.support.routing.events import TalkLeft, TalkReleased
from ambidesk.support.routing.models import Engagement, Mode, Operator, Place, Queue
from ambidesk.support.routing.queueing import queue_up
from ambidesk.support.routing.returning import bring_back
from ambidesk.support.routing.rules.standing import Facts, Standing, standing_of
from ambidesk.support.routing.telling import tell_queues
from ambidesk.support.routing.weighing import Weighed, default_of, weights
from ambidesk.support.tickets.models import State, Ticket, WaitingFor


@dataclass(slots=True, kw_only=True)
class Ledger:
    """What is known of a batch of tickets, and what has to be done about them."""

    at: datetime
    queues: Mapping[int, Queue]
    operators: frozenset[int]
    weights: Mapping[str, Weighed]
    places: dict[int, Place]
    held: dict[int, Engagement]
    events: list[Event] = field(default_factory=list)
    waits: list[Ticket] = field(default_factory=list)
    returns: list[Ticket] = field(default_factory=list)
    parks: list[int] = field(default_factory=list)
    begins: list[Engagement] = field(default_factory=list)
    releases: list[Engagement] = field(default_factory=list)
    leaves: list[int] = field(default_factory=list)

    def queue_of(self, ticket: Ticket) -> Queue | None:
        """The queue in which the ticket stands or would."""
        return self.queues.get(ticket.team_id or 0)

    def weighed(self, ticket: Ticket) -> Weighed:
        """What the ticket weighs by its channel."""
        kind = ticket.channel.kind if ticket.channel else "hand"
        return self.weights.get(kind) or default_of(kind)


@transaction.atomic
def settle(numbers: Collection[int], *, by: Actor, at: datetime) -> None:
    """Let these tickets have the place or the holder that follows from what they are."""
    rows = Ticket.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=numbers)
    tickets = list(rows.select_related("channel").order_by("pk"))
    ledger = _read(tickets, at)
    for ticket in tickets:
        _judge(ticket, ledger)
    _write(ledger)
    if ledger.events:
        journal.record_many(ledger.events, by=by, at=at)
    queue_up(ledger.waits, ledger.queues, weighed=ledger.weighed, by=by, at=at)
    bring_back(ledger.returns, weighed=ledger.weighed, by=by, at=at)
    tell_queues(ticket.team_id for ticket in tickets if ledger.queue_of(ticket))


def _write(ledger: Ledger) -> None:
    """Let go of what is over before anything is held anew; each kind of change at once."""
    if ledger.releases:
        Engagement.objects.filter(pk__in=[each.ticket_id for each in ledger.releases]).delete()
        members = {each.member_id for each in ledger.releases}
        idle = Operator.objects.filter(pk__in=members, idle_since__lt=ledger.at)
        locked = list(idle.select_for_update().order_by("pk").values_list("pk", flat=True))
        Operator.objects.filter(pk__in=locked).update(idle_since=ledger.at)
    if ledger.leaves:
        Place.objects.filter(pk__in=ledger.leaves).delete()
    if ledger.parks:
        park(ledger.parks, at=ledger.at)
    Engagement.objects.bulk_create(ledger.begins, ignore_conflicts=True)


def _read(tickets: Collection[Ticket], at: datetime) -> Ledger:
    numbers = [ticket.pk for ticket in tickets]
    teams = {ticket.team_id for ticket in tickets}
    members = {ticket.assignee_id for ticket in tickets}
    queues = Queue.objects.filter(team__in=teams, team__archived_at=None).exclude(mode=Mode.OFF)
    operators = Operator.objects.filter(pk__in=members).values_list("pk", flat=True)
    return Ledger(
        at=at,
        queues={queue.pk: queue for queue in queues.select_related("team")},
        operators=frozenset(operators),
        weights=weights(),
        places=Place.objects.select_for_update().in_bulk(numbers),
        held=Engagement.objects.select_for_update().in_bulk(numbers),
    )


def _judge(ticket: Ticket, ledger: Ledger) -> None:
    standing = _standing(ticket, ledger)
    held = ledger.held.get(ticket.pk)
    engaged = standing in {Standing.WEIGHS, Standing.PARKED} and ledger.queue_of(ticket) is not None
    if held and (not engaged or held.member_id != ticket.assignee_id):
        _release(held, ledger)
        held = None
    if engaged and ticket.assignee_id in ledger.operators:
        _hold(ticket, held, standing, ledger)
    if standing is Standing.WAITS and ledger.queue_of(ticket):
        ledger.waits.append(ticket)
        return
    place = ledger.places.get(ticket.pk)
    if place and not (standing is Standing.WEIGHS and place.reserved_for_id == ticket.assignee_id):
        _leave(ticket, place, ledger)


def _standing(ticket: Ticket, ledger: Ledger) -> Standing:
    asleep = ticket.snoozed_until is not None and ticket.snoozed_until > ledger.at
    return standing_of(
        Facts(
            state=State(ticket.state),
            waiting_for=WaitingFor(ticket.waiting_for),
            asleep=asleep,
            suspended=ticket.suspended,
            assigned=ticket.assignee_id is not None,
            keeps=ledger.weighed(ticket).keeps,
        )
    )


def _hold(ticket: Ticket, held: Engagement | None, standing: Standing, ledger: Ledger) -> None:
    if held is None:
        # Given by hand: a person decided, also where it is more than fits.
        weighed = ledger.weighed(ticket)
        ledger.begins.append(
            Engagement(
                ticket=ticket,
                member_id=ticket.assignee_id or 0,
                team_id=ticket.team_id or 0,
                weight=weighed.weight,
                keeps=weighed.keeps,
                by_hand=True,
                since=ledger.at,
                active_since=None if standing is Standing.PARKED else ledger.at,
            )
        )
    elif standing is Standing.PARKED and not held.parked:
        ledger.parks.append(ticket.pk)
    elif standing is Standing.WEIGHS and held.parked and ticket.pk not in ledger.places:
        ledger.returns.append(ticket)


def _release(held: Engagement, ledger: Ledger) -> None:
    ledger.events.append(
        TalkReleased(
            ticket_id=held.ticket_id,
            member_id=held.member_id,
            team_id=held.team_id,
            held_seconds=held.held_seconds(ledger.at),
        )
    )
    ledger.releases.append(held)


def _leave(ticket: Ticket, place: Place, ledger: Ledger) -> None:
    if place.reserved_for_id is None:
        ledger.events.append(
            TalkLeft(
                ticket_id=ticket.pk,
                team_id=place.team_id,
                waited_seconds=max(int((ledger.at - place.since).total_seconds()), 0),
                over=ticket.is_ended,
            )
        )
    ledger.leaves.append(place.pk)
