"""Rewriting: the bytes of an Internet mail out of what Outlook kept apart."""

from base64 import encodebytes
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

_BOUNDARY: Final = "=_rewritten_by_ambidesk"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFile:
    name: str
    content_type: str
    content_id: str
    content: bytes


def write_mail(*, head: str, text: str, html: bytes, files: list[WrittenFile]) -> bytes:
    """Return a mail with these headers, bodies and files."""
    parts = []
    alternatives = []
    if text:
        alternatives.append(_part("text/plain; charset=utf-8", text.encode("utf-8", "replace")))
    if html:
        alternatives.append(_part("text/html", html))
    if alternatives:
        parts.append(_multipart("alternative", alternatives, boundary=f"{_BOUNDARY}_a"))
    parts += [_file(file) for file in files]
    body = _multipart("mixed", parts, boundary=f"{_BOUNDARY}_m")
    return head.encode("utf-8", "replace") + b"\r\nMIME-Version: 1.0\r\n" + body


def _multipart(kind: str, parts: list[bytes], *, boundary: str) -> bytes:
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    delimiter = f"--{boundary}\r\n".encode()
    inside = b"".join(delimiter + part + b"\r\n" for part in parts)
    return head + inside + f"--{boundary}--\r\n".encode()


def _part(content_type: str, content: bytes, *more: str) -> bytes:
    head = [f"Content-Type: {content_type}", "Content-Transfer-Encoding: base64", *more, "", ""]
    return "\r\n".join(head).encode("utf-8", "replace") + encodebytes(content)


def _file(file: WrittenFile) -> bytes:
    kind = _header_safe(file.content_type) or "application/octet-stream"
    name = quote(file.name.encode("utf-8", "replace"), safe="")
    more = [f"Content-Disposition: attachment; filename*=utf-8''{name}"]
    if file.content_id:
        more = [
            f"Content-Disposition: inline; filename*=utf-8''{name}",
            f"Content-ID: <{_header_safe(file.content_id)}>",
        ]
    return _part(kind, file.content, *more)


def _header_safe(text: str) -> str:
    return "".join(text.split()).strip("<>")
