"""
Telling: who learns that a promise is about to break, in levels.

The first warning goes to who has the ticket, else to its team; every further one, and the
breach, to the whole team as well.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ambidesk.ground.kernel.journal import Entry
from ambidesk.service.sla.events import PromiseWarned
from ambidesk.support.notifications.models import NoticeKind
from ambidesk.support.notifications.notifying import notify_many
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.noticing import news_of, still_seen, users_of

KINDS = (PromiseWarned.kind,)


def tell_of(entries: Sequence[Entry], *, at: datetime) -> int:
    """Tell of warnings and breaches those who can still do something; say how many were told."""
    rows = Ticket.objects.active().filter(promise__in={entry.subject_id for entry in entries})
    tickets = {ticket.promise_id or 0: ticket for ticket in rows.select_related("assignee")}
    teams = users_of({ticket.team_id for ticket in tickets.values() if ticket.team_id})
    news = [
        news_of(entry, ticket.pk, user=user, kind=NoticeKind.DUE)
        for entry in entries
        if (ticket := tickets.get(entry.subject_id))
        for user in _concerned(entry, ticket, teams)
    ]
    return len(notify_many(still_seen(news), at=at))


def _concerned(entry: Entry, ticket: Ticket, teams: Mapping[int, frozenset[int]]) -> frozenset[int]:
    owner = frozenset({ticket.assignee.user_id}) if ticket.assignee else frozenset()
    team = teams.get(ticket.team_id or 0, frozenset())
    is_first = entry.data["level"] == 1 and not entry.data["breached"]
    return owner if owner and is_first else owner | team
