"""Indexes and constraints that are put aside while tables are filled, and made again at the end."""

from collections.abc import Iterator, Sequence
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
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SET maintenance_work_mem = '512MB'")
            connection.execute("SET max_parallel_maintenance_workers = 2")
            for table, name, definition in constraints:
                order = f"ALTER TABLE {table} ADD CONSTRAINT {{}} {definition}"
                connection.execute(sql.SQL(order).format(sql.Identifier(name)))
            for _name, definition in indexes:
                # Of a partitioned table, PostgreSQL tells the definition without the partitions.
                connection.execute(definition.replace(" ON ONLY ", " ON ").encode())
