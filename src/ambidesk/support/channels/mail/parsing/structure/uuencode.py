"""Uuencode: files that stand inside a text, as before MIME.

Source: POSIX.1-2017, uuencode.
"""

import binascii
import re
from typing import Final

from ambidesk.support.channels.mail.parsing import limits

_BEGIN: Final = re.compile(rb"^begin [0-7]{3,4} (?P<name>[^\r\n]{1,255})\r?\n", re.MULTILINE)
_END: Final = re.compile(rb"^end[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_CHECKSUM: Final = 3


def take_files(text: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """Return the text without its uuencoded blocks, and each block's raw name and content."""
    if b"begin" not in text:
        return text, []
    files: list[tuple[bytes, bytes]] = []
    kept: list[bytes] = []
    at = 0
    end: re.Match[bytes] | None = None
    for begin in _BEGIN.finditer(text):
        if begin.start() < at or len(files) >= limits.ENCLOSED_FILES:
            continue
        if end is None or end.start() < begin.end():
            end = _END.search(text, begin.end())
        if end is None:
            break
        content = _lines(text, begin.end(), end=end.start())
        if content is not None:
            files.append((begin["name"].strip(), content))
            kept.append(text[at : begin.start()])
            at = end.end()
    return b"".join([*kept, text[at:]]), files


def open_first(body: bytes) -> bytes | None:
    """Return the content of the first block, for a part that is one."""
    _, files = take_files(body if body.endswith(b"\n") else body + b"\n")
    return files[0][1] if files else None


def _lines(text: bytes, start: int, *, end: int) -> bytes | None:
    """Decode the lines between two places; None as soon as one is not of the form."""
    content: list[bytes] = []
    while start < end:
        stop = text.index(b"\n", start) + 1
        line = text[start:stop].rstrip(b"\r\n")
        start = stop
        if not line.strip(b" `"):
            continue
        wanted = (((line[0] - 32) & 63) * 8 + 5) // 6
        if len(line) - 1 > (wanted + 3) // 4 * 4 + _CHECKSUM:
            return None
        try:
            content.append(binascii.a2b_uu(line[: wanted + 1]))
        except binascii.Error:
            return None
    return b"".join(content)
