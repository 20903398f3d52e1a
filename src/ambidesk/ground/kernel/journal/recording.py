"""Recording: entries are written in the transaction of the change that they tell."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from ambidesk.ground.kernel.journal.entry import Acting
from ambidesk.ground.kernel.journal.event import Event
from ambidesk.ground.kernel.planned import Planned

# Arrays, a column each: a statement of thousands of parameters takes longer to read than to do.
COLUMNS = {
    "at": "timestamptz[]",
    "actor_kind": "text[]",
    "actor_id": "bigint[]",
    "origin": "text[]",
    "kind": "text[]",
    "version": "int[]",
    "subject_kind": "text[]",
    "subject_id": "bigint[]",
    "data": "text[]",
}
INSERT = Planned(
    "journal_record",
    f"""
    INSERT INTO journal_entry
        (epoch, at, actor_kind, actor_id, origin, kind, version, subject_kind, subject_id, data)
    SELECT (SELECT epoch FROM journal_epoch),
           at, actor_kind, actor_id, origin, kind, version, subject_kind, subject_id, data::jsonb
      FROM unnest({", ".join(f"%({name})s" for name in COLUMNS)}) WITH ORDINALITY
           AS row ({", ".join(COLUMNS)}, place)
     ORDER BY place
    """,  # noqa: S608 our own columns
    types=COLUMNS,
)
AT_ONCE = 2_000


def record(event: Event, *, by: Acting, at: datetime) -> None:
    """Write one entry."""
    record_many([event], by=by, at=at)


def record_many(
    events: Sequence[Event],
    *,
    by: Acting | Sequence[Acting],
    at: datetime | Sequence[datetime],
) -> None:
    """Write entries in order, up to 2,000 at once; `by` and `at` are one for all, or one each."""
    moments = [at] * len(events) if isinstance(at, datetime) else at
    actors = by if isinstance(by, Sequence) else [by] * len(events)
    told = list(zip(events, actors, moments, strict=True))
    for first in range(0, len(told), AT_ONCE):
        part = told[first : first + AT_ONCE]
        rows = [_values(event, by=actor, at=moment) for event, actor, moment in part]
        with connection.cursor() as cursor:
            columns = (list(column) for column in zip(*rows, strict=True))
            cursor.execute(INSERT.call(), dict(zip(COLUMNS, columns, strict=True)))


def _data(event: Event, by: Acting) -> dict[str, Any]:
    """What happened, and for whom where a key acted for a user: an id, as all there."""
    return event.data() if by.behalf is None else {**event.data(), "behalf": by.behalf}


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
        json.dumps(_data(event, by)),
    ]
