"""
Filling: emptied tables are streamed full in one transaction, while the next lines are made.

In one transaction PostgreSQL can undo it all by dropping the files: where `wal_level` is minimal
it writes nothing twice, and with FREEZE nothing has to be looked at again by a vacuum.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from queue import Queue

import psycopg
from psycopg import sql

AT_ONCE = 4_000
# So many packets wait at most: making lines must not run ahead of PostgreSQL without end.
WAITING = 24
Packet = tuple[str, str]


class Filling:
    """A table that is filled; its lines are sent in packets."""

    def __init__(self, name: str, sending: "Queue[Packet | None]") -> None:
        self._name, self._sending = name, sending
        self._lines: list[str] = []

    def add(self, line: str) -> None:
        """Take one line."""
        self._lines.append(line)
        if len(self._lines) >= AT_ONCE:
            self.send()

    def send(self) -> None:
        """Send what was taken."""
        self._sending.put((self._name, "".join(self._lines)))
        self._lines = []


@contextmanager
def filling(
    url: str, columns: Mapping[str, Sequence[str]], *, empty: Sequence[str]
) -> Iterator[Mapping[str, Filling]]:
    """
    Empty tables and fill some; all of it is there once this ends, or nothing.

    `columns` names those of each table that is filled, `empty` the tables that are emptied before.
    """
    sending: Queue[Packet | None] = Queue(WAITING)
    failed: list[BaseException] = []
    orders = {name: _order(name, columns[name], fresh=name in empty) for name in columns}
    worker = threading.Thread(target=_send, args=(url, orders, empty, sending, failed))
    worker.start()
    tables = {name: Filling(name, sending) for name in columns}
    try:
        yield tables
        for table in tables.values():
            table.send()
    except BaseException as wrong:
        failed.append(wrong)
        raise
    finally:
        sending.put(None)
        worker.join()
    if failed:
        raise failed[0]


def _send(  # noqa: PLR0917 a thread is handed everything by position
    url: str,
    orders: Mapping[str, sql.Composed],
    empty: Sequence[str],
    sending: "Queue[Packet | None]",
    failed: list[BaseException],
) -> None:
    try:
        with psycopg.connect(url) as connection, connection.cursor() as cursor:
            # Foreign keys hold by construction: checking each would take most of the time.
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET synchronous_commit = off")
            names = sql.SQL(", ").join(map(sql.Identifier, empty))
            cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
            while packet := sending.get():
                with cursor.copy(orders[packet[0]]) as copy:
                    copy.write(packet[1])
            if failed:
                connection.rollback()
    except psycopg.Error as wrong:
        failed.append(wrong)
        # Whoever makes lines must not wait for ever to be rid of them.
        while sending.get():
            pass


def _order(name: str, columns: Sequence[str], *, fresh: bool) -> sql.Composed:
    """Say how lines are taken; frozen where the table is emptied and has no partitions."""
    frozen = " WITH (FREEZE)" if fresh and name != "journal_entry" else ""
    return sql.SQL("COPY {} ({}) FROM STDIN" + frozen).format(
        sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
