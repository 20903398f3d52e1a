"""
Warning: who learns that a part of a ticket is about to be late.

Who has the part, else its team; of a breach the team too, and who has the whole.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ambidesk.ground.kernel.journal import Entry
from ambidesk.service.sla.events import PromiseWarned
from ambidesk.support.handovers.models import Part
from ambidesk.support.notifications.models import NoticeKind
from ambidesk.support.notifications.notifying import notify_many
from ambidesk.support.tickets.noticing import news_of, still_seen, users_of

KINDS = (PromiseWarned.kind,)


def tell_of(entries: Sequence[Entry], *, at: datetime) -> int:
    """Tell of warnings and breaches of parts; say how many were told."""
    rows = Part.objects.filter(
        promise__in={each.subject_id for each in entries}, ended_at=None, link__undone_at=None
    )
    found = rows.select_related("ticket__assignee", "link__target__assignee")
    parts = {row.promise_id: row for row in found}
    teams = users_of({row.ticket.team_id for row in parts.values() if row.ticket.team_id})
    news = [
        news_of(entry, row.ticket_id, user=user, kind=NoticeKind.DUE)
        for entry in entries
        if (row := parts.get(entry.subject_id))
        for user in sorted(_concerned(row, teams, breached=entry.data["breached"]))
    ]
    return len(notify_many(still_seen(news), at=at))


def _concerned(row: Part, teams: Mapping[int, frozenset[int]], *, breached: bool) -> frozenset[int]:
    owner, whole = row.ticket.assignee, row.link.target.assignee
    if owner and not breached:
        return frozenset({owner.user_id})
    team = teams.get(row.ticket.team_id or 0, frozenset())
    found = team | ({owner.user_id} if owner else set())
    return found | ({whole.user_id} if whole and breached else set())
