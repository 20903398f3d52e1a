"""Message files: a .msg that Outlook saved, as the Internet mail it would have been.

Source: Microsoft MS-OXMSG 2.
"""

import re
import struct
from email.header import Header
from typing import Final

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.outlook import properties as mapi
from ambidesk.support.channels.mail.parsing.outlook.compound import SIGNATURE, CompoundFile
from ambidesk.support.channels.mail.parsing.outlook.properties import Properties, codec_of_page
from ambidesk.support.channels.mail.parsing.outlook.rewriting import WrittenFile, write_mail
from ambidesk.support.channels.mail.parsing.outlook.rtf import decompress, text_of_rtf

_STREAM: Final = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})$")
_FIXED: Final = "__properties_version1.0"
_FIXED_AT: Final = 32
_FIXED_ENTRY: Final = struct.Struct("<HHI8s")
_FILE: Final = re.compile(r"^(__attach_version1\.0_#[0-9A-F]{8})/(.+)$")
_OWN_FIELDS: Final = re.compile(
    r"^(?:content-type|content-transfer-encoding|mime-version|x-ms-tnef\S*)\s*:", re.IGNORECASE
)


def is_message_file(raw: bytes) -> bool:
    return raw.startswith(SIGNATURE)


def as_internet_mail(raw: bytes) -> bytes:
    """
    Return a .msg as the bytes of a mail.

    Raises:
        ValueError: it is none.
        struct.error: it is torn.
    """
    streams = CompoundFile(raw).streams()
    message = _properties({path: data for path, data in streams.items() if "/" not in path})
    files: dict[str, dict[str, bytes]] = {}
    for path, data in streams.items():
        inside = _FILE.match(path)
        if inside is not None and len(files) <= limits.ENCLOSED_FILES:
            files.setdefault(inside[1], {})[inside[2]] = data
    text, html = _bodies(message)
    return write_mail(
        head=_head(message),
        text=text,
        html=html,
        files=[_file(streams_of_file) for streams_of_file in files.values()],
    )


def _properties(streams: dict[str, bytes]) -> Properties:
    found = Properties()
    fixed = streams.get(_FIXED, b"")
    for at in range(_FIXED_AT, len(fixed) - _FIXED_ENTRY.size + 1, _FIXED_ENTRY.size):
        kind, number, _, value = _FIXED_ENTRY.unpack_from(fixed, at)
        if kind in mapi.SIZES:
            found.put(number, kind, raw=value)
    page = found.number(mapi.CODEPAGE) or found.number(mapi.INTERNET_CODEPAGE)
    found.codepage = codec_of_page(page) if page else "cp1252"
    for path, data in streams.items():
        named = _STREAM.search(path)
        if named is not None and "/" not in path:
            found.put(int(named[1], 16), int(named[2], 16), raw=data)
    return found


def _bodies(message: Properties) -> tuple[str, bytes]:
    text, html = message.text(mapi.BODY), message.data(mapi.HTML)
    if not text and not html and message.data(mapi.RTF):
        read, is_html = text_of_rtf(decompress(message.data(mapi.RTF)))
        return ("", read.encode("utf-8", "replace")) if is_html else (read, b"")
    return text, html


def _head(message: Properties) -> str:
    """Return the headers it travelled with, or such as its properties make."""
    travelled = message.text(mapi.TRANSPORT_HEADERS)
    if travelled:
        return _without_own(travelled)
    sender = message.text(mapi.SENDER_SMTP, mapi.SENDER_ADDRESS)
    name = _word(message.text(mapi.SENDER_NAME))
    lines = [
        f"From: {name} <{sender}>" if "@" in sender else f"From: {name}",
        f"To: {_word(message.text(mapi.DISPLAY_TO))}",
        f"Subject: {_word(message.text(mapi.SUBJECT))}",
    ]
    if identifier := message.text(mapi.MESSAGE_ID):
        lines.append(f"Message-ID: {identifier}")
    return "\r\n".join(lines)


def _without_own(head: str) -> str:
    """Drop the fields that described the structure it had then."""
    kept: list[str] = []
    keeps = True
    for line in head.splitlines():
        if not line.strip():
            continue
        if line[0] not in " \t":
            keeps = _OWN_FIELDS.match(line) is None
        if keeps:
            kept.append(line)
    return "\r\n".join(kept)


def _word(text: str) -> str:
    plain = " ".join(text.split())
    return plain if plain.isascii() else Header(plain, "utf-8", maxlinelen=10_000).encode()


def _file(streams: dict[str, bytes]) -> WrittenFile:
    properties = _properties(streams)
    return WrittenFile(
        name=properties.text(mapi.ATTACHED_LONG_NAME, mapi.ATTACHED_NAME, mapi.DISPLAY_NAME),
        content_type=properties.text(mapi.ATTACHED_TYPE),
        content_id=properties.text(mapi.ATTACHED_CONTENT_ID),
        content=properties.data(mapi.ATTACHED),
    )
