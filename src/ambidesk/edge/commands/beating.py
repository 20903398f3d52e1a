"""The heartbeat of a worker: a lane that says "here", so that a missing worker is noticed."""

import os
import socket
import threading
import zlib
from collections.abc import Mapping, Sequence

from ambidesk.ground.kernel import ephemeral

PLACE = "workers"
BEAT_SECONDS = 10
FORGOTTEN_SECONDS = 35


class Heartbeat:
    """One worker's heartbeat; `lanes` are the names of what it runs."""

    name = "heartbeat"

    def __init__(self, lanes: Sequence[str]) -> None:
        self._doing = {"host": socket.gethostname(), "pid": os.getpid(), "lanes": list(lanes)}

    def run(self, stop: threading.Event) -> None:
        """Beat until `stop` is set, then say goodbye."""
        who = zlib.crc32(socket.gethostname().encode()) << 24 | os.getpid()
        while not stop.is_set():
            ephemeral.enter(PLACE, who, doing=self._doing, seconds=FORGOTTEN_SECONDS)
            stop.wait(BEAT_SECONDS)
        ephemeral.leave(PLACE, who)


def beating() -> list[Mapping[str, object]]:
    """Tell which workers were heard of lately."""
    return list(ephemeral.present(PLACE).values())
