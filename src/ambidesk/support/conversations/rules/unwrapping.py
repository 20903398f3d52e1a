"""
Unwrapping: every reading of a raw mail's bytes under which a word of it may stand.

It is no parser: it looks everywhere, so that nothing depends on a mail being built as it should.
Source: RFC 2045 6.7 and 6.8, RFC 2047.
"""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from typing import Final

# A mail in a mail in a mail.
DEEPEST: Final = 3
# Lines that can be base64, one below the other, the last of them of two letters or more; or what
# stands in an encoded word of a header.
BASE64_LINES: Final = re.compile(
    rb"(?:^(?:[A-Za-z0-9+/]{4,}={0,2}|[A-Za-z0-9+/]{2,3}={1,2})[ \t\r]*$\n?)+", re.MULTILINE
)
ENCODED_WORD: Final = re.compile(rb"=\?[^?\s]{1,40}\?([bBqQ])\?([^?\s]{1,400})\?=")


def readings(raw: bytes, *, deep: int = 0) -> Iterator[bytes]:
    """Give the bytes as they are and as each transfer encoding would read them."""
    yield raw
    # Letters of two bytes each, as some programs write.
    if b"\0" in raw:
        yield raw.replace(b"\0", b"")
    if deep >= DEEPEST:
        return
    if b"=" in raw:
        yield quopri.decodestring(raw)
    words = [_word(*match.groups()) for match in ENCODED_WORD.finditer(raw)]
    if words:
        yield b"\n".join(words)
        # A word that was cut in two is one again.
        yield b"".join(words)
    for match in BASE64_LINES.finditer(raw):
        inside = _decoded(match[0])
        if inside:
            yield from readings(inside, deep=deep + 1)


def names_any(raw: bytes, names: list[bytes]) -> bool:
    """Say whether one of the names, in small letters, stands in any reading."""
    return any(name in reading for reading in map(bytes.lower, readings(raw)) for name in names)


def _word(kind: bytes, text: bytes) -> bytes:
    return _decoded(text) if kind in b"bB" else quopri.decodestring(text, header=True)


def _decoded(text: bytes) -> bytes:
    signs = re.sub(rb"[^A-Za-z0-9+/]", b"", text)
    try:
        return base64.b64decode(signs + b"=" * (-len(signs) % 4))
    except binascii.Error:
        # One sign over: what stands before it can be read.
        return base64.b64decode(signs[: len(signs) // 4 * 4])
