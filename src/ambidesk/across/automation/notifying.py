"""Notifying by rules: colleagues are told of a ticket, once for each entry that says so."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from ambidesk.across.automation.events import StaffNotified
from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Member
from ambidesk.support.notifications.models import NoticeKind
from ambidesk.support.notifications.notifying import News, notify_many
from ambidesk.support.tickets.following import seen_by
from ambidesk.support.tickets.models import Following, Ticket


class Circle(StrEnum):
    """Around a ticket."""

    OWNER = "owner"
    TEAM = "team"
    FOLLOWERS = "followers"


def tell_colleagues(ticket: Ticket, circle: Circle, *, by: Actor, at: datetime) -> int:
    """Tell those around a ticket of it, as far as they see it; say how many were told."""
    return _tell(ticket, _users(ticket, circle), by=by, at=at)


def tell_one(ticket: Ticket, member: Member, *, by: Actor, at: datetime) -> int:
    """Tell one colleague of a ticket, if they see it; say how many were told."""
    return _tell(ticket, {member.user_id}, by=by, at=at)


def _users(ticket: Ticket, circle: Circle) -> set[int]:
    if circle is Circle.FOLLOWERS:
        return set(Following.objects.filter(ticket=ticket).values_list("user", flat=True))
    owner = Member.objects.filter(pk=ticket.assignee_id or 0, user__is_active=True)
    if circle is Circle.OWNER and (users := set(owner.values_list("user", flat=True))):
        return users
    team = Member.objects.filter(teams=ticket.team_id or 0, user__is_active=True)
    return set(team.values_list("user", flat=True))


def _tell(ticket: Ticket, users: Collection[int], *, by: Actor, at: datetime) -> int:
    mark = journal.newest_sequence()
    journal.record(StaffNotified(ticket_id=ticket.pk, count=len(users)), by=by, at=at)
    made = journal.sequences_after(mark, subject_kind="ticket", subject_ids=[ticket.pk])
    seen = seen_by(users, [ticket.pk])
    news = [
        News(
            user_id=user,
            kind=NoticeKind.RULE,
            subject_kind="ticket",
            subject_id=ticket.pk,
            actor_id=None,
            sequence=made[ticket.pk][-1],
            at=at,
        )
        for user in sorted(users)
        if ticket.pk in seen[user]
    ]
    return len(notify_many(news, at=at))
