"""
The horizon: up to where the journal is final, and who holds it back when it stands still.

It ends before the oldest running transaction of the whole cluster, other databases included.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from ambidesk.ground.kernel.journal.entry import Position

PATIENCE = timedelta(seconds=5)

HORIZON = """
    SELECT epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM journal_epoch
"""
# Prepared transactions have no session but hold the horizon all the same.
# What other roles' sessions do is hidden from us, so their beginning may be unknown.
OLDEST = """
    SELECT pid, database, application, since FROM (
        SELECT pid, datname AS database, application_name AS application,
               xact_start AS since, age(backend_xid) AS age
          FROM pg_stat_activity
         WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()
        UNION ALL
        SELECT NULL, database, 'prepared transaction ' || gid, prepared, age(transaction)
          FROM pg_prepared_xacts
    ) AS running
    WHERE since IS NULL OR since <= %s
    ORDER BY age DESC
    LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The transaction that holds the horizon; `since` is None where the database hides it."""

    pid: int | None
    database: str
    application: str
    since: datetime | None


def horizon() -> Position:
    """
    Give the position before which nothing new can appear any more.

    A subscriber that found nothing of its kinds up to here may move on to here.
    """
    with connection.cursor() as cursor:
        cursor.execute(HORIZON)
        epoch, xid = cursor.fetchone()
    return Position(epoch, xid, 0)


def holder(*, at: datetime, longer_than: timedelta = PATIENCE) -> Holder | None:
    """Name the transaction that has held the horizon back for longer than this, if one has."""
    with connection.cursor() as cursor:
        cursor.execute(OLDEST, [at - longer_than])
        row = cursor.fetchone()
    if row is None:
        return None
    return Holder(pid=row[0], database=row[1], application=row[2], since=row[3])
