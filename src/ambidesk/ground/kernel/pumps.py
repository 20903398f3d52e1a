"""
Pumps: loops that claim due rows and work them through, a thread a lane; a job is only a hint.

A lane outlives every fault; what it could not do stays due and is found again.
"""

import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from ambidesk.ground.kernel import ephemeral

log = structlog.get_logger(__name__)
# After a fault a lane waits this long, doubling up to the last.
FIRST_PAUSE, LAST_PAUSE = 0.5, 30.0
# A lane that waits looks this often whether it shall stop.
SLICE = 0.25
BEAT_EVERY, BEAT_LASTS = 10.0, 60.0
PLACE = "lane:"
_awake: dict[str, threading.Event] = {}


@dataclass(frozen=True, slots=True)
class Lane:
    """
    One loop: `run_once` works through what is due and says how many rows it found.

    `every` is the pause in seconds when nothing was due, `breath` the one after fewer rows than
    `full`, so that what comes one by one is worked through together.
    """

    name: str
    run_once: Callable[[], int]
    every: float = field(default=1.0, kw_only=True)
    breath: float = field(default=0.0, kw_only=True)
    full: int = field(default=0, kw_only=True)

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; faults are logged and tried again, never fatal."""
        structlog.contextvars.bind_contextvars(lane=self.name)
        awake = _awake.setdefault(self.name, threading.Event())
        pause, beaten = FIRST_PAUSE, -BEAT_EVERY
        try:
            while not stop.is_set():
                if time.monotonic() - beaten >= BEAT_EVERY:
                    beaten = time.monotonic()
                    self._beat()
                found = self._look()
                if found is None:
                    stop.wait(pause)
                    pause = min(pause * 2, LAST_PAUSE)
                    continue
                pause = FIRST_PAUSE
                if not found:
                    _wait(awake, stop, seconds=self.every)
                elif found < self.full:
                    stop.wait(self.breath)
        finally:
            _disconnect()

    def _look(self) -> int | None:
        """Work once; None after a fault."""
        # A wake that comes from here on is for the next look, none is lost.
        _awake[self.name].clear()
        try:
            return self.run_once()
        except (DatabaseError, InterfaceError) as lost:
            log.warning("lane-lost-database", lane=self.name, reason=str(lost))
        except Exception:  # a lane never ends: what it could not do stays due
            log.exception("lane-failed", lane=self.name)
        # Whatever state the session is in, the next look begins with a new one.
        _disconnect()
        return None

    def _beat(self) -> None:
        # Whether a session still answers shows at its next statement; each one costs another.
        close_old_connections()
        # A heartbeat that cannot be told is itself the sign.
        with suppress(Exception):
            host, pid = socket.gethostname(), os.getpid()
            sign = {"lane": self.name, "host": host, "pid": pid}
            ephemeral.put(f"{PLACE}{self.name}:{host}:{pid}", sign, seconds=BEAT_LASTS)


def wake(name: str) -> None:
    """Have a lane of this process look at once."""
    _awake.setdefault(name, threading.Event()).set()


def beating() -> Mapping[str, int]:
    """Lanes that gave a sign of life within the last minute, and in how many processes."""
    lanes: dict[str, int] = {}
    for value in ephemeral.beginning(PLACE).values():
        lanes[value["lane"]] = lanes.get(value["lane"], 0) + 1
    return lanes


def workers() -> list[tuple[str, int]]:
    """Host and process number of each worker of which a lane gave a sign of life."""
    signs = ephemeral.beginning(PLACE).values()
    return sorted({(sign["host"], sign["pid"]) for sign in signs})


def _wait(awake: threading.Event, stop: threading.Event, *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not stop.is_set() and (left := until - time.monotonic()) > 0:
        if awake.wait(min(left, SLICE)):
            return


def _disconnect() -> None:
    with suppress(Exception):  # a session that is broken already cannot be closed politely
        connection.close()
