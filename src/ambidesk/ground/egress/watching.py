"""Watching: a connection that takes too long altogether is cut, whatever trickles in."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Watch:
    """
    Cuts a connection that takes too long altogether.

    Timeouts of sockets begin anew with each byte: a server that sends one now and then would hold
    its thread for ever.
    """

    def __init__(self) -> None:
        self._line: socket.socket | None = None
        self.has_cut = False

    def over(self, line: socket.socket) -> None:
        """Watch this connection; a copy of its handle outlives its being wrapped in TLS."""
        self.close()
        self._line = line.dup()

    @contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """Allow so long for what is done within."""
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def close(self) -> None:
        """Let go of the connection."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _cut(self) -> None:
        self.has_cut = True
        if self._line is not None:
            with suppress(OSError):  # it broke by itself meanwhile
                self._line.shutdown(socket.SHUT_RDWR)
