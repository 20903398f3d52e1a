"""The tree of a mail's parts, within their limits of number and depth.

A leaf knows its bytes as they travelled; they are decoded when somebody asks.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.headers.fields import Fields, read_fields
from ambidesk.support.channels.mail.parsing.headers.parameters import (
    Parameterised,
    read_parameters,
)
from ambidesk.support.channels.mail.parsing.structure.boundaries import looks_multipart, split
from ambidesk.support.channels.mail.parsing.structure.signed import KINDS, signed_content
from ambidesk.support.channels.mail.parsing.structure.transfer import decode_transfer

_TYPE: Final = re.compile(r"[a-z0-9.+_-]+/[a-z0-9.+_-]+")
_LOOKED_AT_BYTES: Final = 4_096
_HTML_START: Final = re.compile(rb"\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_HTML_PIECE: Final = re.compile(
    rb"\s*(?:<\?xml [^>]{0,200}\?>\s*)?<(?:!doctype html|html|head|body|div|p|span|table|font|meta"
    rb"|style|b|br|a|h[1-6])\b[^<>]{0,2000}>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part; `children` for a multipart that could be split, else `body` as it travelled."""

    fields: Fields
    content_type: str
    type_parameters: dict[str, str]
    disposition: str
    disposition_parameters: dict[str, str]
    body: bytes = field(repr=False)
    children: tuple["Part", ...] = ()

    @property
    def is_multipart(self) -> bool:
        return bool(self.children)

    @property
    def charset(self) -> str:
        return self.type_parameters.get("charset", "")

    def content(self, findings: Findings) -> bytes:
        """Return the decoded bytes of a leaf."""
        encoding = self.fields.raw("content-transfer-encoding")
        return decode_transfer(self.body, encoding, findings=findings)

    def leaves(self) -> list["Part"]:
        """Return the leaves below, in order, itself if it is one."""
        if not self.children:
            return [self]
        return [leaf for child in self.children for leaf in child.leaves()]


def read_tree(raw: bytes, findings: Findings) -> Part:
    """Read a whole mail into its parts."""
    return _Reader(findings).part(memoryview(raw), depth=0, default="text/plain")


class _Reader:
    """Reads parts and counts them."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._count = 0

    def part(self, raw: memoryview, *, depth: int, default: str) -> Part:
        self._count += 1
        fields = read_fields(raw, self._findings)
        body = raw[fields.body_at :]
        kind = self._type(fields, body, default=default)
        disposition = read_parameters(fields.raw("content-disposition"), self._findings)
        if kind.value.startswith("multipart/"):
            children = self._children(body, kind, depth=depth)
            if not children:
                kind = Parameterised(value=_of_unsplit(body, kind), parameters={})
        else:
            children = self._signed(fields, body, kind, depth=depth)
        return Part(
            fields=fields,
            content_type=kind.value,
            type_parameters=kind.parameters,
            disposition=disposition.value,
            disposition_parameters=disposition.parameters,
            body=b"" if children else bytes(body),
            children=children,
        )

    def _type(self, fields: Fields, body: memoryview, *, default: str) -> Parameterised:
        for line in fields.raw_all("content-type"):
            kind = read_parameters(line, self._findings)
            if _TYPE.fullmatch(kind.value):
                return kind
        written = read_parameters(fields.raw("content-type"), self._findings)
        if written.parameters.get("boundary") or (not written.value and looks_multipart(body)):
            return Parameterised(value="multipart/mixed", parameters=written.parameters)
        start = _HTML_START if fields.values else _HTML_PIECE
        if not written.value and default == "text/plain" and start.match(body):
            return Parameterised(value="text/html", parameters=written.parameters)
        return Parameterised(value=default, parameters=written.parameters)

    def _children(self, body: memoryview, kind: Parameterised, *, depth: int) -> tuple[Part, ...]:
        if depth >= limits.DEPTH:
            self._findings.note(Defect.PARTS_TOO_DEEP)
            return ()
        found = split(body, kind.parameters.get("boundary", ""), findings=self._findings)
        if found is None:
            return ()
        default = "message/rfc822" if kind.value == "multipart/digest" else "text/plain"
        children: list[Part] = []
        for piece in found.parts:
            if self._count >= limits.PARTS:
                self._findings.note(Defect.PARTS_TOO_MANY)
                break
            children.append(self.part(piece, depth=depth + 1, default=default))
        return tuple(children)

    def _signed(
        self, fields: Fields, body: memoryview, kind: Parameterised, *, depth: int
    ) -> tuple[Part, ...]:
        """Open what was signed in one piece; anything else stays the file that it is."""
        is_room = depth < limits.DEPTH and self._count < limits.PARTS
        if kind.value not in KINDS or not is_room:
            return ()
        encoding = fields.raw("content-transfer-encoding")
        content = decode_transfer(bytes(body), encoding, findings=self._findings)
        inside = signed_content(content)
        if inside is None:
            return ()
        return (self.part(memoryview(inside), depth=depth + 1, default="text/plain"),)


def _of_unsplit(body: memoryview, kind: Parameterised) -> str:
    """Say what a multipart without parts is: text to be read, unless it went too deep."""
    if kind.parameters.get("boundary") and bytes(body[:_LOOKED_AT_BYTES]).lstrip().startswith(
        b"--"
    ):
        return "application/octet-stream"
    return "text/html" if _HTML_START.match(body) else "text/plain"
