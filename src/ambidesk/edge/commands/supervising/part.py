"""
One part of a running desk: a process, its log, and how to tell that it works.

It ends with the supervisor, and what it started ends with it.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from ambidesk.edge.commands.leash import leashed

PROGRAM = (sys.executable, "-m", "ambidesk.edge.commands")


class Part(Protocol):
    """What the supervisor needs to know of a part."""

    @property
    def name(self) -> str:
        """The word for it on the console."""

    @property
    def log_file(self) -> Path:
        """Where it writes."""

    @property
    def is_once(self) -> bool:
        """Whether it may end by itself when its work is done."""

    @property
    def starts_within_seconds(self) -> float:
        """How long it may take to work for the first time."""

    @property
    def patience_seconds(self) -> float:
        """How long it may take to stop."""

    def start(self) -> None:
        """Start it."""

    def answers(self) -> bool:
        """Tell whether it does its work."""

    def ended(self) -> int | None:
        """Give its exit code once it has ended."""

    def ask_to_stop(self) -> None:
        """Ask it to finish what it does and end."""

    def kill(self) -> None:
        """End it and all that it started, at once."""


@dataclass(kw_only=True)
class ProcessPart:
    """A part that is a command of this program."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log_file: Path
    works: Callable[[], bool] = lambda: True
    # A busy machine of two cores was seen to take 80 seconds for the web.
    starts_within_seconds: float = 300
    patience_seconds: float = 15
    is_once: bool = False
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start the process in a session of its own, so that a key on the console spares it."""
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                leashed([*PROGRAM, *self.command]),
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
            )

    def answers(self) -> bool:
        """Tell whether it works."""
        return self.ended() is None and self.works()

    def ended(self) -> int | None:
        """Give the exit code once it has ended; what it left behind is ended with it."""
        if self._process is None:
            return None
        code = self._process.poll()
        if code is not None:
            self._end_session()
        return code

    def ask_to_stop(self) -> None:
        """Send SIGTERM."""
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def kill(self) -> None:
        """Kill its whole session."""
        if self._process:
            self._end_session()
            self._process.wait()

    def _end_session(self) -> None:
        if self._process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
