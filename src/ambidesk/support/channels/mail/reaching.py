"""
Reaching: connections to mail servers, with timeouts, and what their failing means.

A name is looked up once and the connection goes to the address found; no step outlasts its time.
"""

import errno
import socket

CONNECT_SECONDS = 10.0


def dial(host: str, port: int, *, seconds: float = CONNECT_SECONDS) -> socket.socket:
    """
    Connect to the first address of the name that answers.

    Raises:
        OSError: none does; `contract.troubles` says why.
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
