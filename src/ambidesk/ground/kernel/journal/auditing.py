"""
Auditing: who did what when, the latest first, a page at a time by where the last one ended.

Each of the three ways (what is not daily work, one actor, one subject) is a range of an index.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ambidesk.ground.kernel.journal.entry import Entry
from ambidesk.ground.kernel.journal.reading import SELECT, entries_by

# What is not the daily flow of tickets and mail. The same words stand in migration 0015_acts.
AUDITED = """origin <> 'import'
   AND (subject_kind NOT IN ('ticket', 'person', 'intake_item', 'promise', 'batch', 'asset',
                            'blob', 'coverage')
        OR kind IN ('people.erased', 'privacy.exported'))"""
BY_ACTOR = """origin <> 'import' AND actor_kind IN ('user', 'api_key', 'contact')
   AND actor_kind = %s AND actor_id = %s"""
ACTORS = ("user", "api_key", "contact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for; times are half-open, an empty tuple of kinds is every kind."""

    actor: tuple[str, int] | None = None
    subject: tuple[str, int] | None = None
    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a page ended: what comes next is earlier."""

    at: datetime
    sequence: int


def acts(wanted: Wanted, *, before: Mark | None = None, limit: int) -> list[Entry]:
    """Read the latest acts that are wanted, earlier than a mark if there is one."""
    conditions, values = _where(wanted)
    if before is not None:
        conditions.append("(at, sequence) < (%s, %s)")
        values += [before.at, before.sequence]
    return entries_by(
        f"{SELECT} WHERE {' AND '.join(conditions)} ORDER BY at DESC, sequence DESC LIMIT %s",
        [*values, limit],
    )


def _where(wanted: Wanted) -> tuple[list[str], list[Any]]:
    conditions, values = _way(wanted)
    if wanted.kinds:
        conditions.append("kind = ANY(%s)")
        values.append(list(wanted.kinds))
    if wanted.since is not None:
        conditions.append("at >= %s")
        values.append(wanted.since)
    if wanted.until is not None:
        conditions.append("at < %s")
        values.append(wanted.until)
    return conditions, values


def _way(wanted: Wanted) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    if wanted.actor is not None:
        conditions.append(BY_ACTOR)
        values += wanted.actor
    if wanted.subject is not None:
        conditions.append("subject_kind = %s AND subject_id = %s")
        values += wanted.subject
    return (conditions, values) if conditions else ([AUDITED], values)


def mark_of(entries: Sequence[Entry]) -> Mark | None:
    """Where a page of entries ended."""
    if not entries:
        return None
    return Mark(at=entries[-1].at, sequence=entries[-1].position.sequence)
