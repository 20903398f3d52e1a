"""TNEF: the files and texts inside a winmail.dat.

Source: Microsoft MS-OXTNEF 2.1 (stream), 2.1.3.4 (MAPI properties).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.outlook import properties as mapi
from ambidesk.support.channels.mail.parsing.outlook.properties import Properties, codec_of_page

_SIGNATURE: Final = b"\x78\x9f\x3e\x22"
_HEAD_BYTES: Final = 6
_ATTRIBUTE: Final = struct.Struct("<BII")
_CHECKSUM_BYTES: Final = 2
_LONG: Final = struct.Struct("<I")
_PROPERTY: Final = struct.Struct("<HH")
_MOST_PROPERTIES: Final = 5_000
_NAMED_FROM: Final = 0x8000
_GUID_BYTES: Final = 16


class _Attribute(IntEnum):
    BODY = 0x800C
    TITLE = 0x8010
    DATA = 0x800F
    NEW_FILE = 0x9002
    MESSAGE = 0x9003
    FILE = 0x9005
    CODEPAGE = 0x9007


_KNOWN: Final = frozenset(_Attribute)


@dataclass(slots=True, kw_only=True)
class OutlookFile:
    """One file as Outlook wrapped it."""

    name: str = ""
    content: bytes = b""
    properties: Properties = field(default_factory=Properties)


@dataclass(slots=True, kw_only=True)
class OutlookMail:
    """What was wrapped: the message's own properties and its files."""

    properties: Properties = field(default_factory=Properties)
    files: list[OutlookFile] = field(default_factory=list)


def is_tnef(content: bytes) -> bool:
    return content.startswith(_SIGNATURE)


def read_tnef(content: bytes) -> OutlookMail:
    """
    Read a winmail.dat; what is broken at its end loses only what stood there.

    Raises:
        ValueError: it is none.
    """
    if not is_tnef(content):
        raise ValueError("not TNEF")
    mail = OutlookMail()
    for name, data in _attributes(content):
        _take(mail, name, data=data)
    for file in mail.files:
        _settle(file, mail.properties.codepage)
    return mail


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = _HEAD_BYTES
    while at + _ATTRIBUTE.size <= len(content):
        level, identifier, length = _ATTRIBUTE.unpack_from(content, at)
        if level not in {1, 2}:
            return
        at += _ATTRIBUTE.size
        yield identifier & 0xFFFF, content[at : at + length]
        at += length + _CHECKSUM_BYTES


def _take(mail: OutlookMail, name: int, *, data: bytes) -> None:
    match _Attribute(name) if name in _KNOWN else None:
        case _Attribute.CODEPAGE:
            mail.properties.codepage = codec_of_page(int.from_bytes(data[:4], "little"))
        case _Attribute.BODY:
            mail.properties.values.setdefault(mapi.BODY, data)
        case _Attribute.MESSAGE:
            _read_properties(data, mail.properties)
        case _Attribute.NEW_FILE if len(mail.files) < limits.ENCLOSED_FILES:
            mail.files.append(OutlookFile())
        case _Attribute.TITLE if mail.files:
            mail.files[-1].name = data.rstrip(b"\x00").decode(mail.properties.codepage, "replace")
        case _Attribute.DATA if mail.files:
            mail.files[-1].content = data
        case _Attribute.FILE if mail.files:
            _read_properties(data, mail.files[-1].properties)
        case _:
            pass


def _settle(file: OutlookFile, codepage: str) -> None:
    """Let a file's properties complete what the older attributes say of it."""
    file.properties.codepage = codepage
    long_name = file.properties.text(mapi.ATTACHED_LONG_NAME)
    file.name = (
        long_name or file.name or file.properties.text(mapi.ATTACHED_NAME, mapi.DISPLAY_NAME)
    )
    if not file.content:
        attached = file.properties.data(mapi.ATTACHED)
        inside = attached[_GUID_BYTES:]
        file.content = inside if is_tnef(inside) else attached


def _read_properties(data: bytes, into: Properties) -> None:
    """Read a counted list of properties as far as it holds together."""
    try:
        (count,) = _LONG.unpack_from(data)
        at = _LONG.size
        for _ in range(min(count, _MOST_PROPERTIES)):
            at = _read_property(data, at, into=into)
    except struct.error:
        return


def _read_property(data: bytes, at: int, *, into: Properties) -> int:
    kind, number = _PROPERTY.unpack_from(data, at)
    at += _PROPERTY.size
    if number >= _NAMED_FROM:
        at = _after_name(data, at)
    base = kind & ~mapi.MULTIPLE
    count = 1
    if kind & mapi.MULTIPLE or base in mapi.VARIABLE:
        (count,) = _LONG.unpack_from(data, at)
        at += _LONG.size
    for index in range(min(count, _MOST_PROPERTIES)):
        if at > len(data):
            break
        if base in mapi.VARIABLE:
            (length,) = _LONG.unpack_from(data, at)
            at += _LONG.size
        else:
            length = mapi.SIZES.get(base, 4)
        if index == 0:
            into.put(number, base, raw=data[at : at + length])
        at += _padded(length)
    return at


def _after_name(data: bytes, at: int) -> int:
    """Step over the name that a named property has before its value."""
    at += _GUID_BYTES
    (kind,) = _LONG.unpack_from(data, at)
    (length,) = _LONG.unpack_from(data, at + _LONG.size)
    at += 2 * _LONG.size
    return at + _padded(length) if kind else at


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4
