"""MAPI properties: the few of them that a mail needs, by number, as Python values.

Source: Microsoft MS-OXPROPS, MS-OXCDATA 2.11.
"""

import struct
from dataclasses import dataclass, field
from typing import Final

MESSAGE_CLASS: Final = 0x001A
SUBJECT: Final = 0x0037
TRANSPORT_HEADERS: Final = 0x007D
SENDER_NAME: Final = 0x0C1A
SENDER_ADDRESS: Final = 0x0C1F
SENDER_SMTP: Final = 0x5D01
DISPLAY_TO: Final = 0x0E04
DISPLAY_CC: Final = 0x0E03
SENT_AT: Final = 0x0039
BODY: Final = 0x1000
RTF: Final = 0x1009
HTML: Final = 0x1013
MESSAGE_ID: Final = 0x1035
ATTACHED: Final = 0x3701
ATTACHED_NAME: Final = 0x3704
ATTACHED_LONG_NAME: Final = 0x3707
ATTACHED_TYPE: Final = 0x370E
ATTACHED_CONTENT_ID: Final = 0x3712
DISPLAY_NAME: Final = 0x3001
CODEPAGE: Final = 0x3FFD
INTERNET_CODEPAGE: Final = 0x3FDE

MULTIPLE: Final = 0x1000
SHORT: Final = 0x0002
LONG: Final = 0x0003
BOOLEAN: Final = 0x000B
OBJECT: Final = 0x000D
TEXT8: Final = 0x001E
UNICODE: Final = 0x001F
TIME: Final = 0x0040
BINARY: Final = 0x0102
VARIABLE: Final = frozenset({OBJECT, TEXT8, UNICODE, BINARY})
SIZES: Final = {SHORT: 4, LONG: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4} | {
    BOOLEAN: 4,
    0x0014: 8,
    TIME: 8,
    0x0048: 16,
}

_CODEPAGES: Final = {
    65001: "utf-8",
    20127: "cp1252",
    28591: "cp1252",
    20866: "koi8-r",
    936: "gb18030",
}
_LONG: Final = struct.Struct("<I")


@dataclass(slots=True, kw_only=True)
class Properties:
    """Values by property number; texts of eight bits stay bytes until the code page is known."""

    values: dict[int, bytes | str | int] = field(default_factory=dict)
    codepage: str = "cp1252"

    def text(self, *numbers: int) -> str:
        """Return the first of these that says something, as text."""
        for number in numbers:
            value = self.values.get(number)
            if isinstance(value, bytes):
                value = value.rstrip(b"\x00").decode(self.codepage, "replace")
            if isinstance(value, str) and value.strip("\x00 "):
                return value.rstrip("\x00")
        return ""

    def data(self, number: int) -> bytes:
        value = self.values.get(number)
        return value if isinstance(value, bytes) else b""

    def number(self, number: int) -> int:
        value = self.values.get(number)
        return value if isinstance(value, int) else 0

    def put(self, number: int, kind: int, *, raw: bytes) -> None:
        """Keep one value as its type says."""
        if kind == UNICODE:
            self.values[number] = raw.decode("utf-16-le", "replace").rstrip("\x00")
        elif kind in {TEXT8, BINARY, OBJECT}:
            self.values[number] = raw
        elif kind in {SHORT, LONG, BOOLEAN} and len(raw) >= _LONG.size:
            self.values[number] = _LONG.unpack_from(raw)[0]
        elif kind == TIME:
            self.values[number] = int.from_bytes(raw[:8], "little")


def codec_of_page(page: int) -> str:
    """Return the codec of a Windows code page, Western for an unknown one."""
    name = _CODEPAGES.get(page, f"cp{page}")
    try:
        b"".decode(name)
    except LookupError:
        return "cp1252"
    return name
