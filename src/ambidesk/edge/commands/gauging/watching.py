"""Watching: a thread that asks a desk for pages as an operator does, and one look at its memory."""

import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from time import monotonic

from ambidesk.edge.commands.gauging.memory import held_by

PARTS = ("web", "worker", "smtp")


@dataclass(kw_only=True)
class Watch:
    """
    Pages are asked for one after another, `pause` seconds apart, until it is over.

    `times` are milliseconds from the request to the last byte; `held` the MiB of the desk's own
    processes, its database left out, one reading every `apart` seconds.
    """

    port: int
    cookie: str
    paths: Sequence[str]
    pause: float = 0.5
    apart: float = 3.0
    times: list[float] = field(default_factory=list)
    failed: int = 0
    held: list[float] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        """Begin, in a thread of its own."""
        threading.Thread(target=self._go, daemon=True).start()

    def end(self) -> None:
        """Ask no more."""
        self._over.set()

    def _go(self) -> None:
        looked = monotonic() - self.apart
        for path in cycle(self.paths):
            if self._over.wait(self.pause):
                return
            began = monotonic()
            self.failed += not self._came(path)
            self.times.append((monotonic() - began) * 1000)
            if monotonic() - looked >= self.apart:
                looked = monotonic()
                self.held.append(sum(parts(Path(os.environ["AMBIDESK_DATA"])).values()))

    def _came(self, path: str) -> bool:
        try:
            line = HTTPConnection("127.0.0.1", self.port, timeout=60)
            line.request("GET", path, headers={"Cookie": self.cookie})
            answer = line.getresponse()
            answer.read()
            line.close()
        except OSError:
            return False
        return answer.status == 200


def parts(place: Path) -> Mapping[str, float]:
    """MiB of the parts of a desk, the database and the measurement itself left out."""
    return {
        words: mib
        for words, mib in held_by(place).items()
        if any(f" {part}" in words for part in PARTS) and "postgres" not in words
    }


def quarter(values: Sequence[float], number: int) -> float:
    """The mean of one quarter of a course of values, 1 to 4; 0.0 where there are too few."""
    length = len(values) // 4
    part = values[(number - 1) * length : number * length]
    return sum(part) / len(part) if part else 0.0
