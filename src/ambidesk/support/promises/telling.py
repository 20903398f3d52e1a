"""
Telling: who learns that a promise is about to break, in levels.

The first warning goes to who has the ticket, else to its team; every further one, and the
breach, to the whole team as well.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from ambidesk.ground.kernel.journal import Entry
from ambidesk.parties.staff.models import Member
from ambidesk.service.sla.events import PromiseWarned
from ambidesk.support.notifications.models import NoticeKind
from ambidesk.support.notifications.notifying import News, notify_many
from ambidesk.support.tickets.following import seen_by
from ambidesk.support.tickets.models import Ticket

KINDS = (PromiseWarned.kind,)


def tell_of(entries: Sequence[Entry], *, at: datetime) -> int:
    """Tell of warnings and breaches those who can still do something; say how many were told."""
    rows = Ticket.objects.active().filter(promise__in={entry.subject_id for entry in entries})
    tickets = {ticket.promise_id or 0: ticket for ticket in rows.select_related("assignee")}
    teams = _teams({ticket.team_id for ticket in tickets.values() if ticket.team_id})
    news = [
        News(
            user_id=user,
            kind=NoticeKind.DUE,
            subject_kind="ticket",
            subject_id=ticket.pk,
            actor_id=None,
            sequence=entry.position.sequence,
            at=entry.at,
        )
        for entry in entries
        if (ticket := tickets.get(entry.subject_id))
        for user in _concerned(entry, ticket, teams)
    ]
    seen = seen_by({each.user_id for each in news}, {each.subject_id for each in news})
    return len(notify_many([each for each in news if each.subject_id in seen[each.user_id]], at=at))


def _concerned(entry: Entry, ticket: Ticket, teams: Mapping[int, frozenset[int]]) -> frozenset[int]:
    owner = frozenset({ticket.assignee.user_id}) if ticket.assignee else frozenset()
    team = teams.get(ticket.team_id or 0, frozenset())
    is_first = entry.data["level"] == 1 and not entry.data["breached"]
    return owner if owner and is_first else owner | team


def _teams(keys: set[int]) -> Mapping[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for team, user in _members(keys):
        found.setdefault(team, set()).add(user)
    return {team: frozenset(users) for team, users in found.items()}


def _members(keys: set[int]) -> Iterator[tuple[int, int]]:
    rows = Member.objects.filter(teams__in=keys, user__is_active=True)
    yield from rows.values_list("teams", "user")
