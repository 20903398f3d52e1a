"""Reading: only entries that no running transaction can still precede."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection

from ambidesk.ground.kernel.journal.entry import Entry, Position
from ambidesk.ground.kernel.journal.event import upcast

SELECT = """
    SELECT epoch, xid, sequence, at, actor_kind, actor_id, origin, kind, version,
           subject_kind, subject_id, data
      FROM journal_entry
"""
# An earlier epoch, or a transaction older than all running ones. Written as one comparison of
# rows it is a range of the index: what lies behind the horizon is not even looked at.
READABLE = """
    (epoch, xid) < ((SELECT epoch FROM journal_epoch),
                    pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
"""


def read_after(
    position: Position,
    *,
    kinds: Sequence[str] | None = None,
    until: Position | None = None,
    limit: int = 500,
) -> list[Entry]:
    """
    Read the next readable entries after a position, in order.

    `kinds` None means all. With `until`, a horizon asked for before, a reader that gets fewer
    entries than its limit may move on to that horizon instead of rereading what it passed over.
    """
    which = ""
    values: list[Any] = [position.epoch, position.xid, position.sequence]
    if kinds is not None:
        which += " AND kind = ANY(%s)"
        values += [list(kinds)]
    if until is not None:
        which += " AND (epoch, xid, sequence) < (%s, %s, %s)"
        values += [until.epoch, until.xid, until.sequence]
    return entries_by(
        f"{SELECT} WHERE (epoch, xid, sequence) > (%s, %s, %s) AND {READABLE} {which}"
        " ORDER BY epoch, xid, sequence LIMIT %s",
        [*values, limit],
    )


def entries_of(
    subject_kind: str, subject_id: int, *, limit: int = 1000, before: int | None = None
) -> list[Entry]:
    """
    Read what happened to one subject, oldest first, own uncommitted entries included.

    More than the limit are the latest of them, or the latest of those `before` a number.
    Order within a subject is that of the sequence, drawn under the subject's row lock.
    """
    which, values = ("", []) if before is None else (" AND sequence < %s", [before])
    newest = entries_by(
        f"{SELECT} WHERE subject_kind = %s AND subject_id = %s{which}"
        " ORDER BY sequence DESC LIMIT %s",
        [subject_kind, subject_id, *values, limit],
    )
    return newest[::-1]


def entries_of_many(subject_kind: str, ids: Collection[int]) -> dict[int, list[Entry]]:
    """Read all that happened to each of several subjects, oldest first, by their ids."""
    found: dict[int, list[Entry]] = {number: [] for number in ids}
    rows = entries_by(
        f"{SELECT} WHERE subject_kind = %s AND subject_id = ANY(%s) ORDER BY sequence",
        [subject_kind, list(ids)],
    )
    for entry in rows:
        found[entry.subject_id].append(entry)
    return found


def sequences_after(
    sequence: int, *, subject_kind: str, subject_ids: Collection[int]
) -> dict[int, list[int]]:
    """The numbers of the entries of subjects after a number, by subject; own ones included."""
    found: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id, sequence FROM journal_entry WHERE subject_kind = %s"
            " AND subject_id = ANY(%s) AND sequence > %s ORDER BY sequence",
            [subject_kind, sorted(subject_ids), sequence],
        )
        for subject, number in cursor.fetchall():
            found.setdefault(subject, []).append(number)
    return found


def first_sequences(subject_kind: str, ids: Collection[int], *, kind: str) -> dict[int, int]:
    """The number of the first entry of a kind about each subject that has one, by its id."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id, min(sequence) FROM journal_entry WHERE subject_kind = %s"
            " AND subject_id = ANY(%s) AND kind = %s GROUP BY subject_id",
            [subject_kind, sorted(ids), kind],
        )
        return dict(cursor.fetchall())


def newest_sequence() -> int:
    """The number of the newest entry there is, own uncommitted ones included; 0 without any."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequence FROM journal_entry ORDER BY sequence DESC LIMIT 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def head() -> Position:
    """The position of the newest readable entry."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT epoch, xid, sequence FROM journal_entry WHERE {READABLE}"  # noqa: S608 constants
            " ORDER BY epoch DESC, xid DESC, sequence DESC LIMIT 1"
        )
        row = cursor.fetchone()
    return Position(*row) if row else Position(0, 0, 0)


def entries_by(sql: str, values: Iterable[Any]) -> list[Entry]:
    """Read the entries of a statement that begins with SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        rows = cursor.fetchall()
    return [
        Entry(
            position=Position(row[0], row[1], row[2]),
            at=row[3],
            actor_kind=row[4],
            actor_id=row[5],
            origin=row[6],
            kind=row[7],
            version=row[8],
            subject_kind=row[9],
            subject_id=row[10],
            data=upcast(row[7], row[8], data=_parsed(row[11])),
        )
        for row in rows
    ]


def raise_epoch() -> int:
    """Begin a new epoch, as after a restore into another cluster; return it."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_epoch SET epoch = epoch + 1 RETURNING epoch")
        return int(cursor.fetchone()[0])


def _parsed(data: Any) -> dict[str, Any]:
    return dict(data) if isinstance(data, dict) else dict(json.loads(data))
