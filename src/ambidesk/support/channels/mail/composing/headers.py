"""
Header lines, written by us: Python 3.11 encodes commas of long address lists and long Message-IDs.

Words are straightened, addresses and identifiers must be right: no line of ours can be broken in
two by what a stranger wrote.
"""

import re
from collections.abc import Iterable
from email.header import Header

from ambidesk.support.channels.mail.composing.letter import CannotBeWritten, Mailbox

# Source: RFC 5322 2.1.1 and RFC 2047 2.
LINE_LETTERS, LONGEST_LINE = 76, 998
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Source: RFC 5322 3.2.3 with RFC 6531 3.3; quoted local parts are not ours to write.
ADDRESS = re.compile(
    r"[^\s\x00-\x20\x7f-\x9f()<>\[\]:;@\\,\"]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"
)
IDENTIFIER = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]{1,900}")
PLAIN_PHRASE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")


class Folded(str):
    """A header's value as it goes out, folded and encoded."""

    __slots__ = ()


def straight(words: str) -> str:
    """Take line ends and other control signs out of words that go into a header."""
    lone_halves_out = words.encode("utf-8", "replace").decode()
    return " ".join(CONTROLS.sub(" ", lone_halves_out).split())


def phrase(words: str, *, name: str) -> Folded:
    """Write free words, encoded where they are not plain (RFC 2047)."""
    words = straight(words)
    plain = words.isascii() and "=?" not in words
    charset = "us-ascii" if plain else "utf-8"
    header = Header(words, charset=charset, header_name=name, maxlinelen=LINE_LETTERS)
    written = header.encode(linesep="\r\n")
    if plain and any(len(line) > LONGEST_LINE - len(name) - 2 for line in written.split("\r\n")):
        header = Header(words, charset="utf-8", header_name=name, maxlinelen=LINE_LETTERS)
        written = header.encode(linesep="\r\n")
    return Folded(written)


def mailboxes(boxes: Iterable[Mailbox]) -> Folded:
    """
    Write a list of addresses, one a line.

    Raises:
        CannotBeWritten: one of them is no address.
    """
    return Folded(",\r\n ".join(_mailbox(box) for box in boxes))


def identifiers(ids: Iterable[str]) -> Folded:
    """Write identifiers, one a line; what strangers gave and is none is left out."""
    return Folded("\r\n ".join(f"<{each}>" for each in ids if is_identifier(each)))


def is_identifier(given: str) -> bool:
    """Say whether this can stand between angle brackets."""
    return bool(IDENTIFIER.fullmatch(given))


def address(given: str) -> str:
    """
    Give back an address that can stand in a header and in an envelope.

    Raises:
        CannotBeWritten: it is none.
    """
    if not ADDRESS.fullmatch(given):
        raise CannotBeWritten("address")
    return given


def _mailbox(box: Mailbox) -> str:
    name, place = straight(box.name), address(box.address)
    if not name or name == place:
        return place
    return f"{_display(name)}\r\n <{place}>" if len(name) > 30 else f"{_display(name)} <{place}>"


def _display(name: str) -> str:
    name = name[:200]
    if not name.isascii() or "=?" in name:
        return Header(name, charset="utf-8", maxlinelen=LINE_LETTERS).encode(linesep="\r\n")
    if PLAIN_PHRASE.fullmatch(name):
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
