"""Noticing: what somebody is told of tickets, as far as they see these now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from django.db.models import Q, QuerySet

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Member
from ambidesk.support.notifications.models import Notice, NoticeKind
from ambidesk.support.notifications.notifying import News
from ambidesk.support.tickets.following import seen_by
from ambidesk.support.tickets.models import Ticket

MOST_COUNTED = 100
Told = TypeVar("Told", Notice, News)


def notices_of(actor: Actor) -> QuerySet[Notice]:
    """The actor's notices, the latest first; of tickets that are out of sight there are none."""
    seen = Ticket.objects.visible_to(actor).values("pk")
    rows = Notice.objects.filter(user=actor.user_id or 0, is_shown=True)
    rows = rows.filter(Q(subject_id__in=seen) | ~Q(subject_kind="ticket"))
    return rows.select_related("actor", "instead_of").order_by("-at", "-pk")


def news_of(
    entry: Entry, ticket: int, *, user: int, kind: NoticeKind, actor: int | None = None
) -> News:
    """Say of an entry of the journal what a user is told of a ticket."""
    return News(
        user_id=user,
        kind=kind,
        subject_kind="ticket",
        subject_id=ticket,
        actor_id=actor,
        sequence=entry.position.sequence,
        at=entry.at,
    )


def users_of(teams: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Whom what teams have concerns: the users of their members with open accounts, by team."""
    rows = Member.objects.filter(teams__in=teams, user__is_active=True)
    return grouped(rows.values_list("teams", "user"))


def grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    """Gather the second of pairs by the first."""
    found: dict[int, set[int]] = {}
    for key, user in pairs:
        found.setdefault(key, set()).add(user)
    return {key: frozenset(users) for key, users in found.items()}


def still_seen(notices: Sequence[Told]) -> list[Told]:
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
