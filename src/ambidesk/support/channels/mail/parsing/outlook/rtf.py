"""Compressed RTF: the body of an Outlook message that has no other, as HTML or text.

Source: Microsoft MS-OXRTFCP 2.1 (compression), MS-OXRTFEX 2.1 (HTML inside RTF).
"""

import re
import struct
from typing import Final

from ambidesk.support.channels.mail.parsing import limits

_HEAD: Final = struct.Struct("<III")
_HEAD_BYTES: Final = 16
_COMPRESSED: Final = 0x75465A4C
_PLAIN: Final = 0x414C454D
_WINDOW: Final = 4_096
_PRELOADED: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_TOKEN: Final = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-z]{1,32})(-?\d{1,10})? ?|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_HIDDEN: Final = frozenset(
    {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer"}
    | {b"listtable", b"listoverridetable", b"rsidtbl", b"generator", b"themedata", b"datastore"}
)
_BREAKS: Final = {b"par": "\n", b"line": "\n", b"tab": "\t", b"cell": "\t", b"row": "\n"}


def decompress(data: bytes) -> bytes:
    """Return the RTF; what is broken ends it."""
    if len(data) < _HEAD_BYTES:
        return b""
    _, size, kind = _HEAD.unpack_from(data)
    if kind == _PLAIN:
        return data[_HEAD_BYTES : _HEAD_BYTES + limits.HTML_CHARACTERS]
    if kind != _COMPRESSED:
        return b""
    return _unpacked(data[_HEAD_BYTES:], min(size, limits.HTML_CHARACTERS))


def _unpacked(data: bytes, size: int) -> bytes:
    window = bytearray(_PRELOADED.ljust(_WINDOW, b"\x00"))
    write = len(_PRELOADED)
    out = bytearray()
    at = 0
    while at < len(data) and len(out) < size:
        flags = data[at]
        at += 1
        for bit in range(8):
            if at + (flags >> bit & 1) >= len(data):
                return bytes(out)
            if not flags >> bit & 1:
                piece = data[at : at + 1]
                at += 1
            else:
                pair = data[at] << 8 | data[at + 1]
                at += 2
                if pair >> 4 == write:
                    return bytes(out)
                piece = _copied(window, pair >> 4, write=write, length=(pair & 0xF) + 2)
            for byte in piece:
                window[write] = byte
                write = (write + 1) % _WINDOW
            out += piece
    return bytes(out)


def _copied(window: bytearray, start: int, *, write: int, length: int) -> bytes:
    """Copy from the window, which may run into what is being copied."""
    piece = bytearray()
    for step in range(length):
        place = (start + step) % _WINDOW
        ahead = (place - write) % _WINDOW
        piece.append(piece[ahead] if ahead < step else window[place])
    return bytes(piece)


def text_of_rtf(rtf: bytes) -> tuple[str, bool]:
    """Return the text of RTF, and whether it is the HTML that Outlook had put inside."""
    is_html = b"\\fromhtml" in rtf[:4096]
    reader = _Reader(is_html=is_html)
    for token in _TOKEN.finditer(rtf):
        reader.take(token)
    return reader.text(), is_html


class _Reader:
    """Follows groups: which are hidden, which hold HTML tags, and what is said in the rest."""

    def __init__(self, *, is_html: bool) -> None:
        self._is_html = is_html
        self._codec = "cp1252"
        self._said: list[str] = []
        self._bytes = bytearray()
        self._groups: list[tuple[bool, bool]] = [(False, False)]
        self._skip = 0

    def text(self) -> str:
        self._flush()
        return "".join(self._said)

    def take(self, token: re.Match[bytes]) -> None:
        hexadecimal, word, number, symbol, brace, plain = token.groups()
        if brace == b"{":
            self._groups.append(self._groups[-1])
        elif brace == b"}":
            if len(self._groups) > 1:
                self._groups.pop()
        elif word is not None:
            self._word(word, number)
        elif symbol is not None:
            self._symbol(symbol)
        elif hexadecimal is not None:
            self._say(bytes([int(hexadecimal, 16)]))
        elif plain is not None:
            self._say(plain)

    def _word(self, word: bytes, number: bytes | None) -> None:
        hidden, raw = self._groups[-1]
        if word in _HIDDEN:
            self._groups[-1] = (True, raw)
        elif word == b"htmltag":
            self._groups[-1] = (False, True)
        elif word == b"htmlrtf":
            self._groups[-1] = (number != b"0", raw)
        elif word == b"ansicpg" and number:
            self._codec = f"cp{number.decode()}"
        elif word == b"u" and number and not hidden:
            self._flush()
            self._said.append(chr(int(number) % 0x10000))
            self._skip = 1
        elif word in _BREAKS and not hidden and not (self._is_html and raw):
            self._flush()
            self._said.append(_BREAKS[word])

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            hidden, raw = self._groups[-1]
            self._groups[-1] = (not self._is_html or hidden, raw)
        elif symbol in b"\\{}":
            self._say(symbol)
        elif symbol == b"~":
            self._say(b" ")

    def _say(self, data: bytes) -> None:
        if self._groups[-1][0]:
            return
        kept = data[self._skip :]
        self._skip = max(self._skip - len(data), 0)
        self._bytes += kept

    def _flush(self) -> None:
        try:
            self._said.append(self._bytes.decode(self._codec, "replace"))
        except LookupError:
            self._said.append(self._bytes.decode("cp1252", "replace"))
        self._bytes.clear()
