"""Recording: entries are written in the transaction of the change that they tell."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from ambidesk.ground.kernel.journal.entry import Acting
from ambidesk.ground.kernel.journal.event import Event

INSERT = """
    INSERT INTO journal_entry
        (epoch, at, actor_kind, actor_id, origin, kind, version, subject_kind, subject_id, data)
    SELECT (SELECT epoch FROM journal_epoch), row.* FROM (VALUES {rows}) AS row
"""
ROW = "(%s::timestamptz, %s, %s::bigint, %s, %s, %s::int, %s, %s::bigint, %s::jsonb)"
AT_ONCE = 500


def record(event: Event, *, by: Acting, at: datetime) -> None:
    """Write one entry."""
    record_many([event], by=by, at=at)


def record_many(events: Sequence[Event], *, by: Acting, at: datetime | Sequence[datetime]) -> None:
    """Write entries in the given order, a statement for up to 500; `at` is one for all or each."""
    moments = [at] * len(events) if isinstance(at, datetime) else at
    for first in range(0, len(events), AT_ONCE):
        part = events[first : first + AT_ONCE]
        values: list[Any] = []
        for event, moment in zip(part, moments[first : first + AT_ONCE], strict=True):
            values += _values(event, by=by, at=moment)
        with connection.cursor() as cursor:
            cursor.execute(INSERT.format(rows=", ".join([ROW] * len(part))), values)


def _values(event: Event, *, by: Acting, at: datetime) -> list[Any]:
    return [
        at,
        str(by.kind),
        by.id,
        str(by.origin),
        event.kind,
        event.version,
        event.subject[0],
        event.subject_id,
        Jsonb(event.data()),
    ]
