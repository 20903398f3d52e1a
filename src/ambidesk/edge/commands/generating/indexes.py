"""Indexes and constraints that are put aside while tables are filled, and made again at the end."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
from psycopg import sql

CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
     WHERE conrelid = ANY(%s::regclass[]) AND contype = 'u' AND conparentid = 0
"""
INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
     WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
       AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = indexrelid)
"""


@contextmanager
def put_aside(url: str, tables: Sequence[str]) -> Iterator[None]:
    """Drop what slows filling down, and make it again afterwards, also after a failure."""
    with psycopg.connect(url, autocommit=True) as connection:
        wanted = [f'"{table}"' for table in tables]
        constraints = connection.execute(CONSTRAINTS, [wanted]).fetchall()
        indexes = connection.execute(INDEXES, [wanted]).fetchall()
        for table, name, _definition in constraints:
            order = f"ALTER TABLE {table} DROP CONSTRAINT {{}}"
            connection.execute(sql.SQL(order).format(sql.Identifier(name)))
        for name, _definition in indexes:
            connection.execute(f"DROP INDEX {name}".encode())
    try:
        yield
    finally:
        # Of a partitioned table, PostgreSQL tells the definition without the partitions.
        orders = [sql.SQL(definition.replace(" ON ONLY ", " ON ")) for _name, definition in indexes]
        unique = [
            sql.SQL(f"ALTER TABLE {table} ADD CONSTRAINT {{}} {definition}").format(
                sql.Identifier(name)
            )
            for table, name, definition in constraints
        ]
        # Indexes of one table are made side by side, while a constraint wants it for itself.
        for group in (orders, unique):
            _make(url, group)


def _make(url: str, orders: Sequence[sql.SQL | sql.Composed]) -> None:
    """Make indexes, as many at a time as there are cores."""

    def make(order: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SET maintenance_work_mem = '1GB'")
            connection.execute("SET max_parallel_maintenance_workers = 0")
            connection.execute(order)

    with ThreadPoolExecutor(os.cpu_count() or 1) as sessions:
        list(sessions.map(make, orders))
