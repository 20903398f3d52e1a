"""Watching: a session that holds the journal back is named among the problems while it lasts."""

from datetime import datetime

from ambidesk.ground.kernel import ephemeral, journal, problems

PROBLEM, SUBJECT = "journal-held", ("journal", 0)


def watch(*, at: datetime) -> int:
    """Report who has held the horizon back for longer than five seconds, or that nobody does."""
    held = journal.holder(at=at)
    if held is None:
        problems.resolve(PROBLEM, SUBJECT, at=at)
        return 0
    facts = {
        "pid": held.pid,
        "database": held.database,
        "application": held.application,
        "since": held.since.isoformat() if held.since else None,
    }
    problems.report(PROBLEM, SUBJECT, at=at, facts=facts)
    return 0


def tidy() -> int:
    """Make room in the journal ahead of its writers, and sweep what expired."""
    ephemeral.sweep()
    return len(journal.ensure_partitions())
