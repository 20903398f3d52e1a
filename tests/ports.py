"""Ports for the servers of tests, below those that the system hands to connections of its own."""

import random
import socket

FIRST, LAST = 20_000, 32_000


def free_port() -> int:
    """Find a port that nobody uses, and that no connection takes by chance a moment later."""
    while True:
        port = random.randrange(FIRST, LAST)  # noqa: S311 no secret
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
