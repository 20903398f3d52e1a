"""Boundaries: where the parts of a multipart body begin and end.

Parts behind the closing delimiter are taken too: some mailers give two levels one boundary.
Source: RFC 2046, 5.1.1.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings

_LIKELY: Final = re.compile(
    rb"(?:\A|\n)--(?P<boundary>[^\r\n]{1,200}?)[ \t]{0,20}\r?\n"
    rb"(?=Content-[A-Za-z-]{1,40}[ \t]{0,20}:)",
    re.IGNORECASE,
)
_PREAMBLE: Final = re.compile(rb"[^\n]{0,100}\bmime\b[^\n]{0,100}", re.IGNORECASE)
_LONGEST: Final = 500
_LINE_ENDS: Final = b"\r\n"
_LOOKED_AT_BYTES: Final = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    preamble: memoryview
    parts: list[memoryview]
    epilogue: memoryview


def split(body: memoryview, boundary: str, *, findings: Findings) -> Split | None:
    """Split a body at its boundary, or at the one it evidently uses; None if it has none."""
    for candidate in _candidates(body, boundary):
        found = _split(body, candidate, findings=findings)
        if found is not None:
            if not boundary:
                findings.note(Defect.BOUNDARY_MISSING)
            return found
    findings.note(Defect.BOUNDARY_MISSING)
    return None


def looks_multipart(body: memoryview) -> bool:
    """Tell whether a body without a type begins like the parts of one."""
    found = _LIKELY.search(body[:_LOOKED_AT_BYTES])
    before = bytes(body[: found.start()]).strip() if found else b""
    if found is None or (before and not _PREAMBLE.fullmatch(before)):
        return False
    again = re.compile(rb"\n--" + re.escape(found["boundary"]))
    return again.search(body, found.end()) is not None


def _candidates(body: memoryview, boundary: str) -> Iterator[bytes]:
    given = boundary.encode("utf-8", "surrogateescape")[:_LONGEST]
    if given.strip():
        yield from dict.fromkeys([given, given.strip(), given.rstrip(b"-")])
    likely = _LIKELY.search(body)
    if likely is not None:
        yield likely["boundary"]


def _split(body: memoryview, boundary: bytes, *, findings: Findings) -> Split | None:
    parts: list[memoryview] = []
    preamble: memoryview | None = None
    start = 0
    is_closed = False
    for line in _delimiters(body, boundary):
        piece = body[start : _before_line(body, line.start())]
        if preamble is None:
            preamble = piece
        elif not is_closed:
            parts.append(piece)
        start = _after_line(body, line.end())
        is_closed = line["close"] is not None
        if len(parts) > limits.PARTS:
            findings.note(Defect.PARTS_TOO_MANY)
            return Split(preamble=preamble, parts=parts, epilogue=body[:0])
    if preamble is None:
        return None
    if is_closed:
        return Split(preamble=preamble, parts=parts, epilogue=body[start:])
    findings.note(Defect.BOUNDARY_UNCLOSED)
    return Split(preamble=preamble, parts=[*parts, body[start:]], epilogue=body[:0])


def _delimiters(body: memoryview, boundary: bytes) -> Iterator[re.Match[bytes]]:
    """Find the delimiter lines; the pattern begins with what is fixed, which is fast."""
    if not boundary:
        return
    line = re.compile(rb"--" + re.escape(boundary) + rb"(?P<close>--)?[ \t]*(?=\r|\n|\Z)")
    for found in line.finditer(body):
        if found.start() == 0 or body[found.start() - 1] in _LINE_ENDS:
            yield found


def _before_line(body: memoryview, at: int) -> int:
    """Step back over the one line end that belongs to the delimiter."""
    if at and body[at - 1] in _LINE_ENDS:
        at -= 2 if bytes(body[max(at - 2, 0) : at]) == b"\r\n" else 1
    return at


def _after_line(body: memoryview, at: int) -> int:
    """Step over one line end, but leave it where it also begins the next delimiter."""
    following = bytes(body[at : at + 2])
    if following == b"\r\n":
        return at + 2
    return at + 1 if following[:1] in {b"\n", b"\r"} else at
