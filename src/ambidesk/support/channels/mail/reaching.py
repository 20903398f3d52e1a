"""
Reaching: connections to mail servers, with timeouts, and what their failing means.

A name is looked up once and the connection goes to the address found; no step outlasts its time.
"""

import errno
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from ambidesk.support.conversations.models import Trouble

CONNECT_SECONDS = 10.0
# In this order: some are kinds of others.
BY_KIND: tuple[tuple[type[OSError], Trouble], ...] = (
    (socket.gaierror, Trouble.NAME_NOT_FOUND),
    (ssl.SSLCertVerificationError, Trouble.CERTIFICATE),
    (ssl.SSLError, Trouble.TLS_FAILED),
    (ConnectionRefusedError, Trouble.NOBODY_LISTENS),
    (TimeoutError, Trouble.TIMED_OUT),
    (ConnectionError, Trouble.DROPPED),
)
NO_WAY = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EACCES})


def dial(host: str, port: int, *, seconds: float = CONNECT_SECONDS) -> socket.socket:
    """
    Connect to the first address of the name that answers.

    Raises:
        OSError: none does; `trouble_of` says why.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    last: OSError = OSError(errno.EHOSTUNREACH, "no address")
    for family, kind, protocol, _name, place in found[:4]:
        line = socket.socket(family, kind, protocol)
        line.settimeout(seconds)
        try:
            line.connect(place)
        except OSError as failed:
            line.close()
            last = failed
        else:
            return line
    raise last


def trouble_of(failed: OSError) -> Trouble:
    """Say in our words why a connection did not come about or broke."""
    for kind, trouble in BY_KIND:
        if isinstance(failed, kind):
            return trouble
    return Trouble.UNREACHABLE if failed.errno in NO_WAY else Trouble.DROPPED


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
