"""Uuencode: files that stand inside a text, as before MIME.

Source: POSIX.1-2017, uuencode.
"""

import binascii
import re
from dataclasses import dataclass
from typing import Final

from ambidesk.support.channels.mail.parsing import limits

_BLOCK: Final = re.compile(
    rb"^begin(?:-base64)? [0-7]{3,4} (?P<name>[^\r\n]{1,255}?)[ \t]*\r?\n"
    rb"(?P<lines>(?:[ -~]{1,100}[ \t]*\r?\n)*?)"
    rb"(?:[ `]?[ \t]*\r?\n)?end[ \t]*\r?$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclosedFile:
    name: str
    content: bytes


def take_files(text: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """Return the text without its uuencoded blocks, and each block's raw name and content."""
    if b"begin" not in text:
        return text, []
    files: list[tuple[bytes, bytes]] = []

    def take(block: re.Match[bytes]) -> bytes:
        content = _lines(block["lines"])
        if content is None or len(files) >= limits.ENCLOSED_FILES:
            return block[0]
        files.append((block["name"], content))
        return b""

    return _BLOCK.sub(take, text), files


def open_first(body: bytes) -> bytes | None:
    """Return the content of the first block, for a part that is one."""
    _, files = take_files(body if body.endswith(b"\n") else body + b"\n")
    return files[0][1] if files else None


def _lines(data: bytes) -> bytes | None:
    """Decode lines; None if even one is not of the form."""
    content: list[bytes] = []
    for line in data.splitlines():
        if not line.strip(b" `"):
            continue
        length = (line[0] - 32) & 63
        wanted = (length * 8 + 5) // 6
        coded = line[1:].rstrip(b"\r\n")[:wanted]
        try:
            content.append(binascii.a2b_uu(line[:1] + coded))
        except binascii.Error:
            return None
    return b"".join(content)
