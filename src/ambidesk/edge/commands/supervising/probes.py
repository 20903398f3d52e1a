"""Whether something answers at an address."""

import http.client
import socket
from http import HTTPStatus

WAIT_SECONDS = 5
HEALTH = "/health/live"


def web_answers(host: str, port: int) -> bool:
    """Tell whether a web server gives any answer that is not an error of its own."""
    connection = http.client.HTTPConnection(_reachable(host), port, timeout=WAIT_SECONDS)
    try:
        connection.request("GET", HEALTH)
        return connection.getresponse().status < HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def smtp_answers(host: str, port: int) -> bool:
    """Tell whether a mail server greets."""
    try:
        with socket.create_connection((_reachable(host), port), timeout=WAIT_SECONDS) as line:
            return line.recv(4).startswith(b"220")
    except OSError:
        return False


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
