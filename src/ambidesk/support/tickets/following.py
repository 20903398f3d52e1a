"""Following: colleagues who want to hear of a ticket, and who can be named in its notes."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.granting import actor_of
from ambidesk.ground.reach.models import User
from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.tickets.models import Following, Mention, Note, Ticket
from ambidesk.support.tickets.recording import tell
from ambidesk.support.tickets.rules.mentions import SIGN, mentioned


def follow(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """
    Be told what happens on the ticket; following twice is once.

    Raises:
        NotEntitled: no user follows.
    """
    if by.user_id is None:
        raise NotEntitled
    follow_many([(ticket.pk, by.user_id)], at=at)
    tell([ticket])


def unfollow(ticket: Ticket, *, by: Actor) -> None:
    """Be told no more."""
    Following.objects.filter(ticket=ticket, user=by.user_id).delete()
    tell([ticket])


def follow_many(pairs: Iterable[tuple[int, int]], *, at: datetime) -> None:
    """Have users follow tickets, both by their ids."""
    Following.objects.bulk_create(
        [Following(ticket_id=ticket, user_id=user, at=at) for ticket, user in pairs],
        ignore_conflicts=True,
    )


@transaction.atomic
def mention_all(notes: Sequence[Note], tickets: Collection[Ticket], *, at: datetime) -> None:
    """Remember whom notes of the same words name, as far as they see the ticket; they follow it."""
    if not notes or SIGN not in notes[0].text:
        return
    named = _named(notes[0].text, author=notes[0].author_id)
    seen = seen_by(named, [ticket.pk for ticket in tickets])
    pairs = [(note, user) for note in notes for user in named if note.ticket_id in seen[user]]
    Mention.objects.bulk_create([Mention(note=note, user_id=user) for note, user in pairs])
    follow_many(((note.ticket_id, user) for note, user in pairs), at=at)


def _named(text: str, *, author: int | None) -> frozenset[int]:
    """The users that a text names, each once, by themselves or by a team of theirs."""
    rows = Member.objects.filter(user__is_active=True).select_related("user")
    people = mentioned(text, {row.user_id: row.name for row in rows})
    teams = dict(Team.objects.filter(archived_at=None).values_list("pk", "name"))
    chosen = Member.objects.filter(teams__in=mentioned(text, teams), user__is_active=True)
    # Who calls the own team means the others.
    others = chosen.exclude(user=author).values_list("user", flat=True)
    return people | frozenset(others)


def seen_by(users: Collection[int], tickets: Collection[int]) -> dict[int, set[int]]:
    """Which of these tickets each of these users sees, all by ids; the closed accounts see none."""
    found: dict[int, set[int]] = {user: set() for user in users}
    for user in User.objects.active().filter(pk__in=users):
        rows = Ticket.objects.visible_to(actor_of(user)).filter(pk__in=tickets)
        found[user.pk] = set(rows.values_list("pk", flat=True))
    return found


def colleagues_for(ticket: Ticket, *, typed: str) -> QuerySet[Member]:
    """Those who can be named on the ticket and whose name fits what is typed."""
    serving = Q(memberships__team__brands=ticket.brand_id, memberships__team__archived_at=None)
    rows = Member.objects.filter(serving, user__is_active=True).select_related("user")
    for part in typed.split():
        rows = rows.filter(user__name__icontains=part)
    return rows.order_by("user__name", "pk").distinct()


def teams_for(ticket: Ticket, *, typed: str) -> QuerySet[Team]:
    """Teams that can be named on the ticket, all their members at once."""
    rows = Team.objects.filter(brands=ticket.brand_id, archived_at=None)
    for part in typed.split():
        rows = rows.filter(name__icontains=part)
    return rows.order_by("name")
