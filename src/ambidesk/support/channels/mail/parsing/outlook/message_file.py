"""Message files: a .msg that Outlook saved, as the Internet mail it would have been.

Source: Microsoft MS-OXMSG 2.
"""

import re
import struct
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.utils import format_datetime
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
_ADDRESS: Final = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}")
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_SPECIAL: Final = re.compile(r"[\x00-\x1f\x7f<>()\[\]\\,;:@\"]|=\?")
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
    sender = _whole(message.text(mapi.SENDER_SMTP, mapi.SENDER_ADDRESS))
    name = _word(message.text(mapi.SENDER_NAME))
    lines = [
        f"From: {name} <{sender}>" if "@" in sender else f"From: {name}",
        f"To: {_recipients(message.text(mapi.DISPLAY_TO))}",
        f"Cc: {_recipients(message.text(mapi.DISPLAY_CC))}",
        f"Subject: {_word(message.text(mapi.SUBJECT))}",
        f"Date: {_date(message.number(mapi.SENT_AT))}",
    ]
    if identifier := _whole(message.text(mapi.MESSAGE_ID)):
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


def _recipients(text: str) -> str:
    named = [one.strip(" '") for one in text.replace("\x00", "").split(";")]
    return ", ".join(one if _ADDRESS.fullmatch(one) else _word(one) for one in named if one)


def _date(file_time: int) -> str:
    """Return what counts tenths of microseconds since 1601 as a header says it."""
    if not file_time:
        return ""
    try:
        return format_datetime(_EPOCH + timedelta(microseconds=file_time // 10))
    except OverflowError:
        return ""


def _word(text: str) -> str:
    plain = " ".join(text.split())
    is_safe = plain.isascii() and not _SPECIAL.search(plain)
    return plain if is_safe else Header(plain, "utf-8", maxlinelen=10_000).encode()


def _whole(text: str) -> str:
    """Return an address or id as one word, so that it ends no header and begins none."""
    return "".join(text.split())


def _file(streams: dict[str, bytes]) -> WrittenFile:
    properties = _properties(streams)
    return WrittenFile(
        name=properties.text(mapi.ATTACHED_LONG_NAME, mapi.ATTACHED_NAME, mapi.DISPLAY_NAME),
        content_type=properties.text(mapi.ATTACHED_TYPE),
        content_id=properties.text(mapi.ATTACHED_CONTENT_ID),
        content=properties.data(mapi.ATTACHED),
    )
