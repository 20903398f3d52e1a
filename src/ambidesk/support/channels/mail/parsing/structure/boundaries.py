"""Boundaries: where the parts of a multipart body begin and end.

Parts behind the closing delimiter are taken too: some mailers give two levels one boundary.
Source: RFC 2046, 5.1.1.
"""

import re
from dataclasses import dataclass
from typing import Final

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings

_LIKELY: Final = re.compile(
    rb"(?:\A|\n)--(?P<boundary>[^\r\n]{1,200}?)[ \t]*\r?\n(?=Content-[A-Za-z-]+[ \t]*:)",
    re.IGNORECASE,
)
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    preamble: bytes
    parts: list[bytes]
    epilogue: bytes


def split(body: bytes, boundary: str, findings: Findings) -> Split | None:
    """Split a body at its boundary, or at the one it evidently uses; None if it has none."""
    for candidate in _candidates(body, boundary):
        found = _split(body, candidate, findings)
        if found is not None:
            if not boundary:
                findings.note(Defect.BOUNDARY_MISSING)
            return found
    findings.note(Defect.BOUNDARY_MISSING)
    return None


def looks_multipart(body: bytes) -> bool:
    """Tell whether a body without a type begins like the parts of one."""
    found = _LIKELY.search(body[:4096])
    return found is not None and body.count(b"--" + found["boundary"]) > 1


def _candidates(body: bytes, boundary: str) -> list[bytes]:
    given = boundary.encode("utf-8", "surrogateescape")[:_LONGEST]
    candidates = [given, given.strip(), given.rstrip(b"-")] if given.strip() else []
    likely = _LIKELY.search(body)
    return list(dict.fromkeys([*candidates, *([likely["boundary"]] if likely else [])]))


def _split(body: bytes, boundary: bytes, findings: Findings) -> Split | None:
    if not boundary:
        return None
    delimiter = re.compile(
        rb"(?:\A|\r?\n|\r)--" + re.escape(boundary) + rb"(?P<close>--)?[ \t]*(?=\r|\n|\Z)"
    )
    parts: list[bytes] = []
    preamble: bytes | None = None
    start = 0
    is_closed = False
    for found in delimiter.finditer(body):
        piece = body[start : found.start()]
        if preamble is None:
            preamble = piece
        elif not is_closed:
            parts.append(piece)
        start = _after_line(body, found.end())
        is_closed = found["close"] is not None
        if len(parts) > limits.PARTS:
            findings.note(Defect.PARTS_TOO_MANY)
            return Split(preamble=preamble, parts=parts, epilogue=b"")
    if preamble is None:
        return None
    if is_closed:
        return Split(preamble=preamble, parts=parts, epilogue=body[start:])
    findings.note(Defect.BOUNDARY_UNCLOSED)
    return Split(preamble=preamble, parts=[*parts, body[start:]], epilogue=b"")


def _after_line(body: bytes, at: int) -> int:
    """Step over one line end, but leave it where it also begins the next delimiter."""
    if body.startswith(b"\r\n", at):
        return at + 2
    return at + 1 if body.startswith((b"\n", b"\r"), at) else at
