"""
Warning: who learns that a part of a ticket is about to be late.

Who has the part, else its team; of a breach the team too, and who has the whole.
"""

from collections.abc import Sequence
from datetime import datetime

from ambidesk.ground.kernel.journal import Entry
from ambidesk.parties.staff.models import Member
from ambidesk.service.sla.events import PromiseWarned
from ambidesk.support.handovers.models import Part
from ambidesk.support.notifications.models import NoticeKind
from ambidesk.support.notifications.notifying import News, notify_many
from ambidesk.support.tickets.following import seen_by

KINDS = (PromiseWarned.kind,)


def tell_of(entries: Sequence[Entry], *, at: datetime) -> int:
    """Tell of warnings and breaches of parts; say how many were told."""
    rows = Part.objects.filter(
        promise__in={each.subject_id for each in entries}, ended_at=None, link__undone_at=None
    )
    found = rows.select_related("ticket__assignee", "link__target__assignee")
    parts = {row.promise_id: row for row in found}
    news = [
        News(
            user_id=user,
            kind=NoticeKind.DUE,
            subject_kind="ticket",
            subject_id=row.ticket_id,
            actor_id=None,
            sequence=entry.position.sequence,
            at=entry.at,
        )
        for entry in entries
        if (row := parts.get(entry.subject_id))
        for user in sorted(_concerned(row, breached=entry.data["breached"]))
    ]
    seen = seen_by({each.user_id for each in news}, {each.subject_id for each in news})
    return len(notify_many([each for each in news if each.subject_id in seen[each.user_id]], at=at))


def _concerned(row: Part, *, breached: bool) -> set[int]:
    owner, whole = row.ticket.assignee, row.link.target.assignee
    if owner and not breached:
        return {owner.user_id}
    team = Member.objects.filter(teams=row.ticket.team_id or 0, user__is_active=True)
    found = set(team.values_list("user", flat=True)) | ({owner.user_id} if owner else set())
    return found | ({whole.user_id} if whole and breached else set())
