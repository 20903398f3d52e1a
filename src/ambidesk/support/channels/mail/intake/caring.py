"""Caring for the intake: room for what comes, and a report when something waits too long."""

from datetime import datetime, timedelta
from typing import Final

from ambidesk.ground.kernel import problems
from ambidesk.support.channels.mail.budgets import forget_spent
from ambidesk.support.conversations.claiming import waiting_since
from ambidesk.support.conversations.taking import ensure_partitions

LATE: Final = timedelta(minutes=10)
PROBLEM: Final = "intake-late"
SUBJECT: Final = ("intake", 0)


def care(*, at: datetime) -> int:
    """Make partitions ahead, drop old counts, and report what waits longer than it may."""
    made = ensure_partitions()
    forget_spent(at=at)
    since = waiting_since()
    if since is not None and since < at - LATE:
        problems.report(PROBLEM, SUBJECT, at=at, facts={"since": since.isoformat()})
    else:
        problems.resolve(PROBLEM, SUBJECT, at=at)
    return len(made)
