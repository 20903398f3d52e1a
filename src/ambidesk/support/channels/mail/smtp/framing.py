"""
The end of a mail: CRLF, a dot, CRLF, and nothing that another server could take for it.

Source: RFC 5321 4.1.1.4 and 2.3.8; "SMTP smuggling" (2023).
"""

import re
from typing import Final

# A line of one dot with anything but CRLF on either side of it.
_HIDDEN: Final = re.compile(rb"[^\r]\n\.[\r\n]|\r\.[\r\n]|\r\n\.(?:\n|\r[^\n])", re.DOTALL)
_LONGEST: Final = 5
_RECEIVED: Final = re.compile(rb"^received:", re.IGNORECASE | re.MULTILINE)
_HEADER_END: Final = re.compile(rb"\r?\n\r?\n")
_HEADER_BYTES: Final = 256 * 1024


class EndWatch:
    """Watches what a guest sends, in whatever pieces, for an end hidden in bare lines."""

    __slots__ = ("_tail", "has_seen_one")

    def __init__(self) -> None:
        self._tail = b""
        self.has_seen_one = False

    def see(self, piece: bytes) -> None:
        """Look at the next piece."""
        seen = self._tail + piece
        self.has_seen_one = self.has_seen_one or _HIDDEN.search(seen) is not None
        self._tail = seen[1 - _LONGEST :]


def hops(content: bytes) -> int:
    """Count the servers that a mail came through. Source: RFC 5321 6.3."""
    head = content[:_HEADER_BYTES]
    end = _HEADER_END.search(head)
    return len(_RECEIVED.findall(head[: end.start()] if end else head))
