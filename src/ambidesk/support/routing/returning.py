"""
Returning: what waited for somebody else, or whose operator vanished, comes back on top.

It comes back to whom it waited for where they attend; it weighs again only once there is room.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import connection, transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Event
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.support.routing.attendance import present_users
from ambidesk.support.routing.carrying import Hands, lock_hands
from ambidesk.support.routing.events import Because, TalkReleased, TalkReturned
from ambidesk.support.routing.models import Engagement, Operator, Place, Rank, Status
from ambidesk.support.routing.needing import needs_of
from ambidesk.support.routing.telling import tell_queues
from ambidesk.support.routing.weighing import Weighed, default_of, weights
from ambidesk.support.tickets.assigning import hand_over
from ambidesk.support.tickets.models import Ticket, WaitingFor

AT_ONCE = 100
# What was given by hand stays with whom it was given to.
VANISHED = """
    SELECT e.ticket_id FROM routing_engagement e
      JOIN routing_operator o ON o.member_id = e.member_id AND o.status = 'away'
      JOIN staff_member m ON m.id = e.member_id
      JOIN routing_queue q ON q.team_id = e.team_id AND q.mode <> 'off'
      JOIN tickets_ticket t ON t.id = e.ticket_id AND t.assignee_id = e.member_id
     WHERE NOT e.by_hand AND (o.because <> '' OR NOT m.user_id = ANY(%(present)s::bigint[]))
       AND o.since + q.return_after * interval '1 second' <= %(at)s
       AND t.waiting_for = 'us' AND t.state IN ('new', 'open')
     ORDER BY e.ticket_id LIMIT %(limit)s
"""


def bring_back(
    tickets: Sequence[Ticket],
    *,
    weighed: Callable[[Ticket], Weighed],
    by: Actor,
    at: datetime,
) -> None:
    """Bring locked tickets back to the operators who hold them parked."""
    if not tickets:
        return
    hands = dict(lock_hands({ticket.assignee_id or 0 for ticket in tickets}, at=at))
    for ticket in tickets:
        holder = hands.get(ticket.assignee_id or 0)
        weight = weighed(ticket).weight
        if holder is None:
            continue
        if holder.status is Status.AWAY:
            _to_the_queue(ticket, weighed(ticket), because=Because.ANSWERED, by=by, at=at)
        elif holder.free >= weight:
            Engagement.objects.filter(pk=ticket.pk).update(active_since=at)
            hands[holder.member] = _heavier(holder, weight)
        else:
            _reserve(ticket, weighed(ticket), by=by, at=at)


def return_vanished(*, at: datetime) -> int:
    """Put back what those hold who are gone for longer than their queue allows; say how many."""
    with connection.cursor() as cursor:
        cursor.execute(VANISHED, {"at": at, "present": sorted(present_users()), "limit": AT_ONCE})
        numbers = [number for (number,) in cursor.fetchall()]
    for number in numbers:
        _return_one(number, at)
    return len(numbers)


@transaction.atomic
def _return_one(number: int, at: datetime) -> None:
    ticket = Ticket.objects.select_for_update(of=("self",), no_key=True).filter(pk=number)
    row = ticket.select_related("channel").first()
    if row is None or row.assignee_id is None or row.is_ended:
        return
    operator = Operator.objects.select_for_update().filter(pk=row.assignee_id).first()
    # They may have come back while we looked.
    if operator is None or operator.status != Status.AWAY or row.waiting_for != WaitingFor.US:
        return
    kind = row.channel.kind if row.channel else "hand"
    weighed = weights().get(kind) or default_of(kind)
    _to_the_queue(row, weighed, because=Because.GONE, by=SYSTEM, at=at)


def _to_the_queue(
    ticket: Ticket, weighed: Weighed, *, because: Because, by: Actor, at: datetime
) -> None:
    member, team = ticket.assignee_id or 0, ticket.team_id or 0
    released: list[Event] = [
        TalkReleased(
            ticket_id=ticket.pk,
            member_id=member,
            team_id=team,
            held_seconds=held.held_seconds(at),
        )
        for held in Engagement.objects.filter(pk=ticket.pk)
    ]
    journal.record_many(released, by=by, at=at)
    Engagement.objects.filter(pk=ticket.pk).delete()
    needs = needs_of([ticket.pk], at=at).get(ticket.pk, frozenset())
    _on_top(ticket, weighed, member=None, needs=needs)
    reason = TalkReturned(
        ticket_id=ticket.pk, team_id=team, member_id=member, because=because, reserved=False
    )
    hand_over(ticket, assignee_id=None, team_id=team, reason=reason, by=by, at=at)
    tell_queues([team])


def _reserve(ticket: Ticket, weighed: Weighed, *, by: Actor, at: datetime) -> None:
    member, team = ticket.assignee_id or 0, ticket.team_id or 0
    # Who had it may have it again, whatever it needs.
    _on_top(ticket, weighed, member=member, needs=frozenset())
    event = TalkReturned(
        ticket_id=ticket.pk,
        team_id=team,
        member_id=member,
        because=Because.ANSWERED,
        reserved=True,
    )
    journal.record(event, by=by, at=at)


def _on_top(ticket: Ticket, weighed: Weighed, *, member: int | None, needs: frozenset[int]) -> None:
    Place.objects.update_or_create(
        ticket=ticket,
        defaults={
            "team_id": ticket.team_id or 0,
            "weight": weighed.weight,
            "keeps": weighed.keeps,
            "needs": sorted(needs),
            "rank": Rank.RETURNED,
            "priority": ticket.priority,
            "since": ticket.waiting_since or ticket.opened_at,
            "reserved_for_id": member,
            "overflow_at": None,
        },
    )


def _heavier(holder: Hands, weight: int) -> Hands:
    return replace(holder, load=holder.load + weight)
