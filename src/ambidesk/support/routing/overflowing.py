"""Overflowing: what waits for too long goes on to another team, by the rule of its queue."""

from datetime import datetime

from django.db import transaction

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.routing.events import TalkOverflowed
from ambidesk.support.routing.models import Place, Queue
from ambidesk.support.routing.telling import tell_queues
from ambidesk.support.tickets.assigning import hand_over
from ambidesk.support.tickets.models import Ticket

AT_ONCE = 100


def overflow_due(*, at: datetime) -> int:
    """Let those whose time has come go on; say how many were looked at."""
    due = Place.objects.filter(overflow_at__lte=at, reserved_for=None).order_by("overflow_at")
    numbers = list(due.values_list("pk", flat=True)[:AT_ONCE])
    for number in numbers:
        _go_on(number, at)
    return len(numbers)


@transaction.atomic
def _go_on(number: int, at: datetime) -> None:
    ticket = Ticket.objects.select_for_update(no_key=True).filter(pk=number).first()
    place = Place.objects.select_for_update().filter(pk=number, overflow_at__lte=at).first()
    if ticket is None or place is None:
        return
    # It flows once: two queues that point at each other must not play ball.
    place.overflow_at = None
    queue = Queue.objects.select_related("overflow_to").get(pk=place.team_id)
    other = queue.overflow_to
    serves = other is not None and other.brands.filter(pk=ticket.brand_id).exists()
    if other is None or not serves or ticket.assignee_id or ticket.team_id != place.team_id:
        place.save(update_fields=["overflow_at"])
        return
    reason = TalkOverflowed(
        ticket_id=ticket.pk,
        team_id=other.pk,
        before_team_id=place.team_id,
        waited_seconds=max(int((at - place.since).total_seconds()), 0),
    )
    hand_over(ticket, assignee_id=None, team_id=other.pk, reason=reason, by=SYSTEM, at=at)
    before, place.team_id = place.team_id, other.pk
    place.save(update_fields=["team", "overflow_at"])
    tell_queues([before, other.pk])
