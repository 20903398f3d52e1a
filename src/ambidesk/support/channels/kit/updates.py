"""Updates that wait for the bot: kept in their order until they are asked beyond or delivered."""

import threading
import time
from collections.abc import Callable
from typing import Any

Told = dict[str, Any]


class Updates:
    """The queue; safe from many threads. `made` gives an update its number and its form."""

    def __init__(self, made: Callable[[int, str, Told], Told], *, first: int) -> None:
        self._changed = threading.Condition()
        self._made = made
        self._next = first
        self._waiting: list[tuple[int, Told]] = []
        self.every: list[Told] = []

    def add(self, kind: str, told: Told) -> None:
        """Add an update."""
        with self._changed:
            update = self._made(self._next, kind, told)
            self._waiting.append((self._next, update))
            self._next += 1
            self.every.append(update)
            self._changed.notify_all()

    def after(self, offset: int | None, *, limit: int, seconds: float) -> list[Told]:
        """Forget what stands before the offset, and give what follows; wait a little for some."""
        until = time.monotonic() + seconds
        with self._changed:
            if offset is not None:
                self._waiting = [each for each in self._waiting if each[0] >= offset]
            while not self._waiting and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
            return [update for _number, update in self._waiting[:limit]]

    def drop(self, update: Told) -> None:
        """Take one off that was delivered."""
        with self._changed:
            self._waiting = [each for each in self._waiting if each[1] is not update]
