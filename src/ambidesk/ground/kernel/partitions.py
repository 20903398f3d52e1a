"""
Tables partitioned by ranges of their number, with a default partition as the safety net.

Partitions are named <table>_<number of the range>, the default one <table>_rest.
"""

import re
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.sql import SQL, Identifier, Literal

BOUND = re.compile(r"FROM \((?:'?(-?\d+)'?|MINVALUE)\) TO \('?(\d+)'?\)")
PARTITIONS = """
    SELECT child.relname, pg_get_expr(child.relpartbound, child.oid)
      FROM pg_inherits
      JOIN pg_class child ON child.oid = inhrelid
     WHERE inhparent = %s::regclass
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partitioned:
    """A partitioned table, its key column, the sequence that numbers it, and the width."""

    table: str
    column: str
    numbers: str
    rows: int

    @property
    def rest(self) -> str:
        """The name of the default partition."""
        return f"{self.table}_rest"


def ensure(which: Partitioned) -> list[str]:
    """
    Make sure that a whole empty partition lies ahead of the numbers in use.

    Rows that already fell into the default partition stay where they are: it becomes a range
    of its own and a new default takes its place. Returns the names of new partitions.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # Readers and writers are not to queue up behind us.
        cursor.execute("SET LOCAL lock_timeout = '3s'")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [which.table])
        used, filled = _used(cursor, which)
        end = _end(cursor, which)
        made: list[str] = []
        if filled is not None:
            until = _round_up(max(used, filled) + 1, which.rows)
            made.append(_close_rest(cursor, which, start=end, until=until))
            end = until
        while end - used <= which.rows:
            made.append(_add(cursor, which, start=end))
            end += which.rows
    return made


def _used(cursor: CursorWrapper, which: Partitioned) -> tuple[int, int | None]:
    """Read the last number drawn, and the highest one in the default partition."""
    cursor.execute(
        SQL("SELECT (SELECT last_value FROM {}), (SELECT max({}) FROM {})").format(
            Identifier(which.numbers), Identifier(which.column), Identifier(which.rest)
        )
    )
    row: tuple[int, int | None] = cursor.fetchone()
    return row


def _end(cursor: CursorWrapper, which: Partitioned) -> int:
    cursor.execute(PARTITIONS, [which.table])
    bounds = (BOUND.search(bound) for _name, bound in cursor.fetchall())
    return max((int(found[2]) for found in bounds if found), default=0)


def _add(cursor: CursorWrapper, which: Partitioned, *, start: int) -> str:
    # Made aside and attached: CREATE ... PARTITION OF would lock the whole table.
    name = f"{which.table}_{start // which.rows}"
    _copy(cursor, which, name=name)
    _attach(cursor, which, name=name, start=start, until=start + which.rows)
    return name


def _close_rest(cursor: CursorWrapper, which: Partitioned, *, start: int, until: int) -> str:
    name = f"{which.table}_{start // which.rows}"
    for statement in (
        SQL("ALTER TABLE {table} DETACH PARTITION {rest}"),
        SQL("ALTER TABLE {rest} RENAME TO {name}"),
    ):
        cursor.execute(
            statement.format(
                table=Identifier(which.table), rest=Identifier(which.rest), name=Identifier(name)
            )
        )
    _attach(cursor, which, name=name, start=start, until=until)
    _copy(cursor, which, name=which.rest)
    cursor.execute(
        SQL("ALTER TABLE {} ATTACH PARTITION {} DEFAULT").format(
            Identifier(which.table), Identifier(which.rest)
        )
    )
    return name


def _copy(cursor: CursorWrapper, which: Partitioned, *, name: str) -> None:
    cursor.execute(
        SQL("CREATE TABLE {} (LIKE {} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)").format(
            Identifier(name), Identifier(which.table)
        )
    )


def _attach(
    cursor: CursorWrapper, which: Partitioned, *, name: str, start: int, until: int
) -> None:
    cursor.execute(
        SQL("ALTER TABLE {} ATTACH PARTITION {} FOR VALUES FROM ({}) TO ({})").format(
            Identifier(which.table), Identifier(name), Literal(start), Literal(until)
        )
    )


def _round_up(number: int, to: int) -> int:
    return -(-number // to) * to
