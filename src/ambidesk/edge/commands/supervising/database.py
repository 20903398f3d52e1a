"""The embedded database as a part of the desk."""

import signal
from dataclasses import dataclass
from math import inf
from pathlib import Path

from ambidesk.edge.commands.cluster import Cluster
from ambidesk.edge.commands.speech import gettext as _


@dataclass(kw_only=True)
class DatabasePart:
    """The cluster, started and watched like any other part."""

    cluster: Cluster
    # Recovery after a crash takes the time it takes.
    starts_within_seconds: float = inf
    patience_seconds: float = 60
    is_once: bool = False

    @property
    def name(self) -> str:
        """The word for it on the console."""
        return _("database")

    @property
    def log_file(self) -> Path:
        """The server's log."""
        return self.cluster.log_file

    def start(self) -> None:
        """Start the server."""
        self.cluster.start()

    def answers(self) -> bool:
        """Tell whether the server takes connections."""
        return self.cluster.answers()

    def ended(self) -> int | None:
        """Give the exit code once it has ended."""
        process = self.cluster.process
        return process.poll() if process else None

    def ask_to_stop(self) -> None:
        """Cut the sessions, write a checkpoint, end (PostgreSQL's fast shutdown)."""
        if self.cluster.process and self.ended() is None:
            self.cluster.process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        """End it without a checkpoint; the next start recovers."""
        if self.cluster.process and self.ended() is None:
            self.cluster.process.send_signal(signal.SIGQUIT)
            self.cluster.process.wait()
