"""Ports of this machine: free before a part is started on them, or refused with a sentence."""

import errno
import socket
import time

from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

# The kernel closes the sockets of a killed desk a moment after its processes are gone.
GRACE_SECONDS = 2.0


def require_free(host: str, port: int, *, option: str) -> None:
    """
    Check that a server can listen there; `option` is the option that chooses another port.

    Raises:
        Trouble: the port is busy, forbidden, or the address is not of this machine.
    """
    deadline = time.monotonic() + GRACE_SECONDS
    while wrong := _refused(host, port):
        if wrong.errno != errno.EADDRINUSE or time.monotonic() > deadline:
            raise _explained(host, port, wrong=wrong, option=option)
        time.sleep(0.1)


def free_port(host: str, wished: int) -> int:
    """Find a free port, the wished one if it is free."""
    if _refused(host, wished) is None:
        return wished
    with socket.create_server((host, 0)) as server:
        return int(server.getsockname()[1])


def _refused(host: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as wrong:
        return wrong
    return None


def _explained(host: str, port: int, *, wrong: OSError, option: str) -> Trouble:
    facts = {"host": host, "port": port, "option": option, "reason": wrong.strerror or wrong}
    match wrong.errno:
        case errno.EADDRINUSE:
            sentence = _(
                "The port %(port)s on %(host)s is busy: another program listens there. Stop it, or "
                "choose another port with %(option)s."
            )
        case errno.EACCES:
            sentence = _(
                "This user may not listen on port %(port)s. Choose one above 1023 with %(option)s."
            )
        case __:
            sentence = _(
                "Nobody can listen on %(host)s:%(port)s here: %(reason)s. Give an address of this "
                "machine, such as 127.0.0.1."
            )
    return Trouble(sentence % facts)
