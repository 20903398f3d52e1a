"""
The lanes of a worker: loops that each run in a thread of their own.

A lane that raises is logged and starts again with back-off; it never stops another one.
"""

import logging
import threading
import time
from collections.abc import Sequence
from typing import Protocol

log = logging.getLogger(__name__)
FIRST_DELAY_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 30.0
PATIENCE_SECONDS = 15


class Lane(Protocol):
    """One loop of a worker."""

    @property
    def name(self) -> str:
        """Its word in logs."""

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set, then return soon."""


def keep_running(lanes: Sequence[Lane], *, stop: threading.Event) -> None:
    """Run the lanes until `stop` is set and they have returned."""
    threads = [
        threading.Thread(target=_kept, args=(lane, stop), name=lane.name, daemon=True)
        for lane in lanes
    ]
    for thread in threads:
        thread.start()
    stop.wait()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))


def _kept(lane: Lane, stop: threading.Event) -> None:
    delay = FIRST_DELAY_SECONDS
    while not stop.is_set():
        try:
            lane.run(stop)
        except Exception:
            log.exception("lane %s fell, again in %s s", lane.name, delay)
        else:
            if not stop.is_set():
                log.error("lane %s returned though nobody stopped it", lane.name)
        stop.wait(delay)
        delay = min(delay * 2, LONGEST_DELAY_SECONDS)
