"""Pumps: loops that claim due rows and work them through, a thread a lane; a job is only a hint."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

log = structlog.get_logger(__name__)
# After a fault a lane waits this long, doubling up to the last.
FIRST_PAUSE, LAST_PAUSE = 0.5, 30.0
_awake: dict[str, threading.Event] = {}


@dataclass(frozen=True, slots=True)
class Lane:
    """
    One loop: `run_once` works through what is due and says how many rows it found.

    `every` is the pause in seconds when nothing was due.
    """

    name: str
    run_once: Callable[[], int]
    every: float = field(default=1.0, kw_only=True)

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; faults are logged and tried again, never fatal."""
        awake = _awake.setdefault(self.name, threading.Event())
        pause = FIRST_PAUSE
        while not stop.is_set():
            try:
                close_old_connections()
                found = self.run_once()
            except (DatabaseError, InterfaceError) as lost:
                log.warning("lane-lost-database", lane=self.name, reason=str(lost))
                connection.close()
                stop.wait(pause)
                pause = min(pause * 2, LAST_PAUSE)
                continue
            except Exception:  # a lane never ends: what it could not do stays due
                log.exception("lane-failed", lane=self.name)
                stop.wait(pause)
                pause = min(pause * 2, LAST_PAUSE)
                continue
            pause = FIRST_PAUSE
            if not found:
                awake.wait(self.every)
                awake.clear()
        connection.close()


def wake(name: str) -> None:
    """Have a lane of this process look at once."""
    if name in _awake:
        _awake[name].set()
