"""Troubles of connections, in the words of the house."""

import errno
import socket
import ssl

from ambidesk.ground.egress.addresses import Forbidden
from ambidesk.support.conversations.models import Trouble

# In this order: some are kinds of others.
BY_KIND: tuple[tuple[type[OSError], Trouble], ...] = (
    (Forbidden, Trouble.NOT_PUBLIC),
    (socket.gaierror, Trouble.NAME_NOT_FOUND),
    (ssl.SSLCertVerificationError, Trouble.CERTIFICATE),
    (ssl.SSLError, Trouble.TLS_FAILED),
    (ConnectionRefusedError, Trouble.NOBODY_LISTENS),
    (TimeoutError, Trouble.TIMED_OUT),
    (ConnectionError, Trouble.DROPPED),
)
NO_WAY = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EACCES})


def trouble_of(failed: OSError) -> Trouble:
    """Say in our words why a connection did not come about or broke."""
    for kind, trouble in BY_KIND:
        if isinstance(failed, kind):
            return trouble
    return Trouble.UNREACHABLE if failed.errno in NO_WAY else Trouble.DROPPED
