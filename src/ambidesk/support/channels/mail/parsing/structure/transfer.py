"""Transfer encodings: the bytes of a part as they were before they travelled.

Source: RFC 2045, 6; what mailers really write for 7bit, 8bit and the rest.
"""

import binascii
import re
from typing import Final

from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.structure.uuencode import open_first
from ambidesk.support.channels.mail.parsing.texts.words import lenient_base64

_PLAIN: Final = frozenset({"", "7bit", "8bit", "binary", "8bits", "7bits", "plain", "none"})
_UU: Final = frozenset({"uuencode", "xuuencode", "uue", "xuue"})
_FOREIGN: Final = re.compile(rb"[^A-Za-z0-9+/=\s]")
_BROKEN_ESCAPE: Final = re.compile(rb"=(?![0-9A-Fa-f]{2}|\r?\n|\Z)")
_BASE64_LINE: Final = re.compile(rb"[ \t]*[A-Za-z0-9+/]*={0,2}[ \t]*\r?")
# What no word looks like: digits, signs or capitals inside.
_CODED: Final = re.compile(rb"(?![A-Za-z]?[a-z]+\Z|[A-Z]+\Z)[A-Za-z0-9+/]+={0,2}")
_LOOKED_AT_BYTES: Final = 8_192
_PADDED: Final = re.compile(rb"[^=]*=+")


def decode_transfer(body: bytes, encoding: str, *, findings: Findings) -> bytes:
    """Undo a transfer encoding; what cannot be undone stays as it is."""
    words = encoding.lower().replace(";", " ").replace('"', " ").split()
    name = re.sub(r"[-_]", "", words[0]) if words else ""
    if name == "base64":
        return _base64(body, findings)
    if name in {"quotedprintable", "qp"}:
        return _quoted_printable(body, findings)
    if name in _UU:
        return open_first(body) or body
    if name not in _PLAIN:
        findings.note(Defect.ENCODING_UNKNOWN)
    return body


def _quoted_printable(body: bytes, findings: Findings) -> bytes:
    if _BROKEN_ESCAPE.search(body):
        findings.note(Defect.ENCODING_BROKEN)
    return binascii.a2b_qp(b"\n".join(map(_without_trailing, body.split(b"\n"))))


def _without_trailing(line: bytes) -> bytes:
    """Drop white space that travelled along at the end of a line."""
    return line[:-1].rstrip(b" \t") + b"\r" if line.endswith(b"\r") else line.rstrip(b" \t")


def _base64(body: bytes, findings: Findings) -> bytes:
    try:
        return binascii.a2b_base64(b"".join(body.split()), strict_mode=True)
    except binascii.Error:
        pass
    if _is_prose(body):
        findings.note(Defect.ENCODING_BROKEN)
        return body
    coded, rest = _coded_lines(body)
    if _FOREIGN.search(coded) or rest.strip():
        findings.note(Defect.ENCODING_BROKEN)
    pieces = _PADDED.findall(coded) if b"=" in coded else []
    tail = coded[sum(map(len, pieces)) :]
    return b"".join(map(lenient_base64, [*pieces, tail])) + rest


def _is_prose(body: bytes) -> bool:
    """Tell whether most lines hold words: then nobody ever encoded this."""
    lines = [line.strip() for line in body[:_LOOKED_AT_BYTES].splitlines() if line.strip()]
    if not lines or (len(lines[0]) % 4 == 0 and _CODED.fullmatch(lines[0])):
        return False
    return sum(map(_is_spoken, lines)) * 2 > len(lines)


def _is_spoken(line: bytes) -> bool:
    return b" " in line or len(_FOREIGN.findall(line)) * 4 > len(line)


def _coded_lines(body: bytes) -> tuple[bytes, bytes]:
    """Separate the coded lines from a footer that a list or scanner put behind them."""
    lines = body.split(b"\n")
    is_coded = [_BASE64_LINE.fullmatch(line) is not None for line in lines]
    last = max((at for at, good in enumerate(is_coded) if good and lines[at].strip()), default=-1)
    footer = lines[last + 1 :]
    is_footer = (
        last >= 0 and all(is_coded[: last + 1]) and any(b" " in line.strip() for line in footer)
    )
    if not is_footer:
        return body, b""
    return b"\n".join(lines[: last + 1]), b"\n" + b"\n".join(footer).strip(b"\r\n")
