"""Noticing: what somebody was told of tickets, as far as they see these now."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from ambidesk.ground.reach.actor import Actor
from ambidesk.support.notifications.models import Notice
from ambidesk.support.tickets.following import seen_by
from ambidesk.support.tickets.models import Ticket

MOST_COUNTED = 100


def notices_of(actor: Actor) -> QuerySet[Notice]:
    """The actor's notices, the latest first; of tickets that are out of sight there are none."""
    seen = Ticket.objects.visible_to(actor).values("pk")
    rows = Notice.objects.filter(user=actor.user_id or 0, is_shown=True)
    rows = rows.filter(Q(subject_id__in=seen) | ~Q(subject_kind="ticket"))
    return rows.select_related("actor", "instead_of").order_by("-at", "-pk")


def still_seen(notices: Sequence[Notice]) -> list[Notice]:
    """Give those whose users still see what they are to be told of."""
    of_tickets = [each for each in notices if each.subject_kind == "ticket"]
    users, tickets = {each.user_id for each in of_tickets}, {each.subject_id for each in of_tickets}
    seen = seen_by(users, tickets)
    return [
        each
        for each in notices
        if each.subject_kind != "ticket" or each.subject_id in seen[each.user_id]
    ]


def count_unread(actor: Actor) -> int:
    """Count what the actor has not read, up to a hundred."""
    return notices_of(actor).filter(read_at=None).order_by()[:MOST_COUNTED].count()
