"""Updates that wait for the bot: numbered without gaps, kept until they are asked beyond."""

import threading
import time
from typing import Any

Told = dict[str, Any]


class Updates:
    """The queue; safe from many threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._next = 700_000_001
        self._waiting: list[Told] = []
        self.every: list[Told] = []

    def add(self, kind: str, told: Told) -> None:
        """Add an update."""
        with self._changed:
            update = {"update_id": self._next, kind: told}
            self._next += 1
            self._waiting.append(update)
            self.every.append(update)
            self._changed.notify_all()

    def after(self, offset: int | None, *, limit: int, seconds: float) -> list[Told]:
        """Forget what stands before the offset, and give what follows; wait a little for some."""
        until = time.monotonic() + seconds
        with self._changed:
            if offset is not None:
                self._waiting = [each for each in self._waiting if each["update_id"] >= offset]
            while not self._waiting and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
            return list(self._waiting[:limit])

    def peek(self, seconds: float) -> Told | None:
        """Give the first that waits."""
        found = self.after(None, limit=1, seconds=seconds)
        return found[0] if found else None

    def drop(self, update: Told) -> None:
        """Take one off that was delivered."""
        with self._changed:
            self._waiting = [each for each in self._waiting if each is not update]
