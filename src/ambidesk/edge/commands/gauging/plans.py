"""Plans: how PostgreSQL answers what a page asks; a table that grows is never read end to end."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection

# A table grows with what people write; what an administrator makes stays small.
GROWING = ("conversations_", "files_", "journal_entry", "people_", "search_entry", "tickets_")
SMALL = {"conversations_channel", "conversations_category"}
READS = ("select", "with", "(")
# Of a table this small any plan is as good as another.
FEW_ROWS = 1_000
KNOWN = "SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s"


@contextmanager
def whole_reads() -> Iterator[list[str]]:
    """
    Collect what the queries of the block read from end to end: the table, then the query.

    A table of some rows must not be read whole by the plan that PostgreSQL takes, and an empty
    one not by the plan that it takes when it may not: there an index is missing.
    """
    found: list[str] = []
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        filled = {name for (name,) in cursor.execute(KNOWN, [FEW_ROWS]).fetchall()}

    def note(execute: Callable[..., Any], sql: str, values: Any, *rest: Any) -> Any:
        if sql.lstrip().lower().startswith(READS):
            taken = set(_whole(_plan(sql, values))) & filled
            forced = set(_whole(_plan(sql, values, avoiding=True)))
            found.extend(f"{table}: {' '.join(sql.split())}" for table in sorted(taken | forced))
        return execute(sql, values, *rest)

    with connection.execute_wrapper(note):
        yield found


def _plan(sql: str, values: Any, *, avoiding: bool = False) -> list[Mapping[str, Any]]:
    with connection.connection.cursor() as cursor:
        cursor.execute(f"SET enable_seqscan = {'off' if avoiding else 'on'}".encode())
        told = cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}".encode(), values).fetchone()[0]
        cursor.execute("SET enable_seqscan = on")
    return [each["Plan"] for each in told]


def _whole(nodes: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for node in nodes:
        table = str(node.get("Relation Name", ""))
        if node["Node Type"] == "Seq Scan" and table.startswith(GROWING) and table not in SMALL:
            yield table
        yield from _whole(node.get("Plans", ()))
