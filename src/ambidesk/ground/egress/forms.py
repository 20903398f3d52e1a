"""Forms: fields and files as multipart/form-data, for those who want files that way."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file in a form."""

    part: str
    name: str
    content_type: str
    content: bytes = field(repr=False)


def form(fields: Mapping[str, str], files: Sequence[Enclosed] = ()) -> tuple[bytes, str]:
    """Write a form; return it with the content type that names its boundary. RFC 7578."""
    boundary = secrets.token_hex(16)
    parts: list[bytes] = []
    for name, value in fields.items():
        head = f"Content-Disposition: form-data; name={_quoted(name)}\r\n\r\n"
        parts.append(head.encode() + value.encode())
    for file in files:
        head = (
            f"Content-Disposition: form-data; name={_quoted(file.part)}; "
            f"filename={_quoted(file.name)}\r\nContent-Type: {_plain(file.content_type)}\r\n\r\n"
        )
        parts.append(head.encode() + file.content)
    mark = f"--{boundary}\r\n".encode()
    body = b"".join(mark + part + b"\r\n" for part in parts)
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def document(value: object) -> bytes:
    """Write JSON."""
    return json.dumps(value, ensure_ascii=False).encode()


def _quoted(name: str) -> str:
    escaped = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    return f'"{escaped}"'


def _plain(content_type: str) -> str:
    is_plain = content_type.isascii() and content_type.isprintable()
    return content_type if is_plain and content_type else "application/octet-stream"
