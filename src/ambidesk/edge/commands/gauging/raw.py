"""Raw: what the same PostgreSQL does when nothing of ours stands between, as pgbench would ask."""

from collections.abc import Callable

import psycopg

from ambidesk.edge.commands.gauging.clients import at_once, rate

INSERTING = "ambidesk.edge.commands.gauging.raw:inserting"
TABLE = """
    CREATE TABLE IF NOT EXISTS bench_plain (
        id bigserial PRIMARY KEY, at timestamptz NOT NULL, body bytea NOT NULL
    )
"""
INSERT = b"INSERT INTO bench_plain (at, body) VALUES (now(), %s)"
BYTES = 300


def commits(url: str, *, clients: int, seconds: float, size: int = BYTES) -> float:
    """Say how many rows of this size a second are inserted and committed, each by itself."""
    with psycopg.connect(url, autocommit=True) as session:
        session.execute("DROP TABLE IF EXISTS bench_plain")
        session.execute(TABLE.encode())
        session.execute(f"COMMENT ON TABLE bench_plain IS '{size:d}'".encode())
    done = at_once(INSERTING, url, clients=clients, seconds=seconds)
    with psycopg.connect(url, autocommit=True) as session:
        session.execute("DROP TABLE bench_plain")
    return rate(done, seconds=seconds)


def inserting(url: str, number: int) -> Callable[[], object]:
    """Give the step of one client; its rows differ from those of the others."""
    session = psycopg.connect(url, autocommit=True)
    row = session.execute("SELECT obj_description('bench_plain'::regclass)").fetchone()
    body = number.to_bytes(4, "big") * (int(row[0]) // 4 if row else 1)
    return lambda: session.execute(INSERT, [body], prepare=True)
