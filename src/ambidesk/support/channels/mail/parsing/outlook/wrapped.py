"""Wrapped: what a winmail.dat brings, as the files and the body of the mail it came with."""

import mimetypes
import struct
from dataclasses import dataclass
from typing import Final

from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.outlook import properties as mapi
from ambidesk.support.channels.mail.parsing.outlook.properties import Properties
from ambidesk.support.channels.mail.parsing.outlook.rtf import decompress, text_of_rtf
from ambidesk.support.channels.mail.parsing.outlook.tnef import OutlookFile, is_tnef, read_tnef
from ambidesk.support.channels.mail.parsing.parsed import Attachment
from ambidesk.support.channels.mail.parsing.texts.charsets import decode
from ambidesk.support.channels.mail.parsing.texts.file_names import file_name
from ambidesk.support.channels.mail.parsing.texts.html_labels import label_in

_OCTETS: Final = "application/octet-stream"
_DEPTH: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwrapped:
    files: tuple[Attachment, ...]
    text: str
    html: str


def unwrap(content: bytes, *, depth: int = 0) -> Unwrapped | None:
    """Open a winmail.dat, None if it is none or holds nothing."""
    try:
        mail = read_tnef(content)
    except (ValueError, struct.error):
        return None
    files = [one for file in mail.files for one in _files(file, depth=depth)]
    text, html = _bodies(mail.properties)
    if not files and not text and not html:
        return None
    return Unwrapped(files=tuple(files), text=text, html=html)


def _files(file: OutlookFile, *, depth: int) -> tuple[Attachment, ...]:
    """Return a file, or the files of a message that was itself wrapped."""
    if is_tnef(file.content) and depth < _DEPTH:
        inside = unwrap(file.content, depth=depth + 1)
        if inside is not None and inside.files:
            return inside.files
    name = file_name(file.name)
    kind = file.properties.text(mapi.ATTACHED_TYPE).strip().lower()
    return (
        Attachment(
            name=name,
            content_type=kind or mimetypes.guess_type(name)[0] or _OCTETS,
            content=file.content,
            content_id=file.properties.text(mapi.ATTACHED_CONTENT_ID).strip("<> "),
        ),
    )


def _bodies(message: Properties) -> tuple[str, str]:
    data = message.data(mapi.HTML)
    html = decode(data, label_in(data) or message.codepage, findings=Findings()).rstrip("\x00")
    text = message.text(mapi.BODY).replace("\r\n", "\n")
    if not text and not html and message.data(mapi.RTF):
        read, is_html = text_of_rtf(decompress(message.data(mapi.RTF)))
        return ("", read) if is_html else (read, "")
    return text, html
