"""
Committing: threads that take raw items in groups, so that many senders share one wait for the disk.

Large items have a line of their own and hold up no small ones.
"""

import queue
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Final

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from ambidesk.support.conversations.raw import IN_ROW_BYTES
from ambidesk.support.conversations.taking import Arrival, Key, take_many

Taken = Mapping[Key, int]
AT_ONCE: Final = 50
_Order = tuple[Sequence[Arrival], "Future[Taken]"]


class Committer:
    """Takes what is handed in; a future tells once it is on disk, or why it is not."""

    def __init__(self) -> None:
        self._small, self._large = _Line("intake-small"), _Line("intake-large")

    def take(self, arrivals: Sequence[Arrival]) -> "Future[Taken]":
        """Hand in what belongs together: all of it is committed, or nothing."""
        is_large = any(len(arrival.raw) > IN_ROW_BYTES for arrival in arrivals)
        return (self._large if is_large else self._small).put(arrivals)

    def close(self) -> None:
        """Finish what was handed in."""
        self._small.close()
        self._large.close()


class _Line:
    """One thread and what waits for it."""

    def __init__(self, name: str) -> None:
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, arrivals: Sequence[Arrival]) -> "Future[Taken]":
        future: Future[Taken] = Future()
        self._orders.put((arrivals, future))
        return future

    def close(self) -> None:
        self._orders.put(None)
        self._thread.join()

    def _run(self) -> None:
        for group in self._groups():
            _serve(group)
        with suppress(Exception):  # a session that is broken already cannot be closed politely
            connection.close()

    def _groups(self) -> Iterator[list[_Order]]:
        order = self._orders.get()
        while order is not None:
            group = [order]
            with suppress(queue.Empty):
                while len(group) < AT_ONCE and (order := self._orders.get_nowait()) is not None:
                    group.append(order)
            yield group
            if order is not None:
                order = self._orders.get()


def _serve(group: Sequence[_Order]) -> None:
    """Take a group in one transaction; where that fails, each by itself."""
    try:
        taken = _take([arrival for arrivals, _future in group for arrival in arrivals])
    except Exception as fault:  # noqa: BLE001 whoever handed it in is told what it was
        if len(group) == 1:
            group[0][1].set_exception(fault)
            return
        for order in group:
            _serve([order])
        return
    for _arrivals, future in group:
        future.set_result(taken)


def _take(arrivals: Sequence[Arrival]) -> Taken:
    close_old_connections()
    try:
        return take_many(arrivals)
    except (DatabaseError, InterfaceError):
        # A session that outlived its database fails once; taking twice is taking once.
        connection.close()
        return take_many(arrivals)
