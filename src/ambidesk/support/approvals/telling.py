"""Telling: who has the ticket and who asked learn of an answer, and that nobody is left to ask."""

from collections.abc import Sequence
from datetime import datetime

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import ActorKind
from ambidesk.support.approvals.events import ApprovalAnswered, ApprovalUnheard, ApprovalVoided
from ambidesk.support.approvals.models import Approval, Ended
from ambidesk.support.notifications.models import NoticeKind
from ambidesk.support.notifications.notifying import notify_many
from ambidesk.support.tickets.noticing import news_of, still_seen

KINDS = (ApprovalAnswered.kind, ApprovalUnheard.kind, ApprovalVoided.kind)


def tell_of(entries: Sequence[Entry], *, at: datetime) -> int:
    """Tell those who wait for it, but not of what they did themselves; say how many."""
    told = [entry for entry in entries if _is_news(entry)]
    rows = Approval.objects.filter(pk__in={entry.data["approval_id"] for entry in told})
    found = rows.select_related("ticket__assignee", "asked_by").in_bulk()
    news = [
        news_of(entry, entry.subject_id, user=user, kind=NoticeKind.APPROVAL)
        for entry in told
        for user in _concerned(found[entry.data["approval_id"]])
        if not (entry.actor_kind == ActorKind.USER and entry.actor_id == user)
    ]
    return len(notify_many(still_seen(news), at=at))


def _is_news(entry: Entry) -> bool:
    # Whoever asks anew, or withdraws, knows.
    return entry.kind != ApprovalVoided.kind or entry.data["why"] == Ended.CHANGED


def _concerned(approval: Approval) -> set[int]:
    owner = approval.ticket.assignee
    asker = approval.asked_by
    found = {owner.user_id} if owner else set()
    return found | ({asker.pk} if asker and asker.is_active and not asker.is_client else set())
