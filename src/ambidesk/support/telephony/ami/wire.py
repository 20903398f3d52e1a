"""
The wire of the manager interface: actions and events as blocks of lines that end with an empty one.

Source: Asterisk documentation, AMI v2 specification; values never contain a line's end.
"""

import socket
import time
from collections.abc import Iterator, Mapping
from typing import Final

from django.conf import settings

from ambidesk.ground.egress.addresses import Forbidden, is_public
from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.channels.contract.troubles import trouble_of
from ambidesk.support.conversations.models import Trouble

Block = dict[str, str]
PORT: Final = 5038
CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 10.0
# No event has so much; whoever sends it is no exchange.
LONGEST_BLOCK: Final = 64 * 1024
GREETING: Final = b"Asterisk Call Manager"


class Wire:
    """One signed-in connection."""

    def __init__(self, host: str, port: int) -> None:
        self._line = _connected(host, port)
        self._rest = b""
        self._number = 0
        self.events: list[Block] = []

    def greet(self) -> None:
        """Read who is there."""
        if not self._until(b"\n", seconds=ANSWER_SECONDS).startswith(GREETING):
            raise Failure(Trouble.OTHER, said="no Asterisk Call Manager")

    def act(self, action: str, fields: Mapping[str, str]) -> Block:
        """Send an action and wait for its response; events meanwhile are kept."""
        self._number += 1
        name = f"desk-{self._number}"
        told = {"Action": action, "ActionID": name, **fields}
        lines = "".join(f"{_clean(key)}: {_clean(value)}\r\n" for key, value in told.items())
        try:
            self._line.sendall(lines.encode() + b"\r\n")
        except OSError as failed:
            raise Failure(trouble_of(failed)) from failed
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            block = self.block(seconds=deadline - time.monotonic())
            if block and "Response" in block and block.get("ActionID") == name:
                return block
            if block and "Event" in block:
                self.events.append(block)
        raise Failure(Trouble.TIMED_OUT)

    def hear(self, *, seconds: float) -> list[Block]:
        """Wait for events; what is there already is given at once."""
        found, self.events = self.events, []
        if not found:
            block = self.block(seconds=seconds)
            found = [block] if block and "Event" in block else []
        while block := self.block(seconds=0.05):
            if "Event" in block:
                found.append(block)
        return found

    def block(self, *, seconds: float) -> Block | None:
        """Read one block; None where none came in time."""
        try:
            raw = self._until(b"\r\n\r\n", seconds=max(seconds, 0.01))
        except TimeoutError:
            return None
        return dict(_fields(raw.decode("utf-8", "replace")))

    def close(self) -> None:
        """Leave."""
        self._line.close()

    def _until(self, end: bytes, *, seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        while end not in self._rest:
            if len(self._rest) > LONGEST_BLOCK:
                raise Failure(Trouble.OTHER, said="a block without an end")
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._line.settimeout(left)
            try:
                more = self._line.recv(65536)
            except TimeoutError:
                raise
            except OSError as failed:
                raise Failure(trouble_of(failed)) from failed
            if not more:
                raise Failure(Trouble.DROPPED)
            self._rest += more
        found, _end, self._rest = self._rest.partition(end)
        return found


def _fields(raw: str) -> Iterator[tuple[str, str]]:
    for line in raw.split("\r\n"):
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _clean(value: str) -> str:
    """A line's end within a value would be an action of its own."""
    if any(sign in value for sign in "\r\n\0"):
        raise Failure(Trouble.REJECTED, is_final=True)
    return value


def _connected(host: str, port: int) -> socket.socket:
    """Connect to an address that may be called: a public one, or a host that is named."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = dict.fromkeys(str(place[0]) for *_kind, place in found)
        allowed = [each for each in addresses if host in settings.EGRESS_HOSTS or is_public(each)]
        if not allowed:
            raise Forbidden("not in the public internet")
        return socket.create_connection((allowed[0], port), CONNECT_SECONDS)
    except (OSError, UnicodeError) as failed:
        cause = failed if isinstance(failed, OSError) else OSError()
        raise Failure(trouble_of(cause)) from failed
