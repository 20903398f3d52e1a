"""Encoded words: header text in any charset, also as broken as mailers write it.

Source: RFC 2047; RFC 2231, 5 (language after an asterisk).
"""

import binascii
import re
from typing import Final

from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.texts.charsets import decode
from ambidesk.support.channels.mail.parsing.texts.guessing import guess

_WORD: Final = re.compile(
    r"=\?(?P<charset>[^?\s=]{1,60})\?(?P<coding>[bBqQ])\?(?P<text>[^?]*(?:\?(?!=)[^?]*)*)(?:\?=|$)"
)
_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]")
_HEX: Final = re.compile(rb"=([0-9A-Fa-f]{2})")


def decode_words(text: str, findings: Findings) -> str:
    """Return the text with every encoded word in it read."""
    if "=?" not in text:
        return text
    pieces: list[str] = []
    run: list[tuple[str, bytes]] = []
    end = 0
    for word in _WORD.finditer(text):
        between = text[end : word.start()]
        if between.strip() or not run:
            pieces += [_joined(run, findings), between]
            run = []
        run.append((word["charset"], _content(word)))
        end = word.end()
    return "".join([*pieces, _joined(run, findings), text[end:]])


def field_text(raw: bytes) -> str:
    """Return the text of raw header bytes, which may be in any charset though none should."""
    if raw.isascii() and b"\x1b" not in raw:
        return raw.decode("ascii")
    return guess(raw)


def _joined(run: list[tuple[str, bytes]], findings: Findings) -> str:
    """Decode neighbouring words of one charset as one: mailers cut inside characters."""
    text = ""
    at = 0
    while at < len(run):
        charset = run[at][0].lower()
        data = b""
        while at < len(run) and run[at][0].lower() == charset:
            data += run[at][1]
            at += 1
        text += decode(data, charset, findings=findings)
    return text


def _content(word: re.Match[str]) -> bytes:
    data = word["text"].encode("utf-8", "surrogateescape")
    if word["coding"] in "qQ":
        spaced = data.replace(b"_", b" ")
        return _HEX.sub(lambda found: bytes([int(found[1], 16)]), spaced)
    return lenient_base64(data)


def lenient_base64(data: bytes) -> bytes:
    """Decode base64 whatever is strewn into it; a torn end loses its last bits only."""
    clean = _NOT_BASE64.sub(b"", data)
    if len(clean) % 4 == 1:
        clean = clean[:-1]
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))
