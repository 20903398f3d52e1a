"""Fields of a header block: names and raw values in order, unfolded.

What does not look like a header is folded into the field before it while headers follow, and
belongs to the body otherwise.
Source: RFC 5322, 2.2 and 4.5.
"""

import re
from dataclasses import dataclass
from typing import Final

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.texts.words import decode_words, field_text

_LINE: Final = re.compile(rb"([^\r\n]*)(\r*\n|\r|$)")
_NAME: Final = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_MBOX: Final = re.compile(rb">?From [^\n]*\n|[^\S\n]*\n", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1a\x1c-\x1f\x7f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The fields of one block by lower-case name, each name's values in order."""

    values: dict[str, list[bytes]]
    body_at: int = 0

    def raw(self, name: str) -> str:
        """Return the first value as text, encoded words unread; "" if there is none."""
        found = self.values.get(name)
        return field_text(found[0]) if found else ""

    def raw_all(self, name: str) -> list[str]:
        return [field_text(value) for value in self.values.get(name, ())]

    def text(self, name: str, findings: Findings) -> str:
        """Return the first value as a person reads it; one that holds text before empty ones."""
        for value in self.values.get(name, ()):
            if read := readable(field_text(value), findings):
                return read
        return ""

    def __contains__(self, name: str) -> bool:
        return name in self.values


def readable(text: str, findings: Findings) -> str:
    """Return header text with encoded words read and control characters gone."""
    return _CONTROL.sub(" ", decode_words(text, findings)).strip()


def read_fields(block: bytes, findings: Findings) -> Fields:
    """Read the fields at the start of `block`; `body_at` is where they end."""
    at = _after_preliminaries(block)
    values: dict[str, list[bytes]] = {}
    last: list[bytes] | None = None
    count = 0
    while at < len(block):
        line, after = _line(block, at)
        if not line.strip(b" \t\r"):
            return _fields(values, after)
        named = _NAME.match(line) if line[:1] not in b" \t" else None
        if named is None and not _continues(block, line, at=after, after_field=last is not None):
            return _fields(values, at)
        if after > limits.HEADER_BYTES or count >= limits.HEADER_FIELDS:
            _note_cut(findings, too_many=count >= limits.HEADER_FIELDS)
            return _fields(values, _end_of_headers(block, at))
        if named is None:
            _fold(last, line, findings)
        else:
            last = values.setdefault(named[1].decode("ascii").lower(), [])
            last.append(line[named.end() :].strip(b" \t\r"))
            count += 1
        at = after
    return _fields(values, len(block))


def _fields(values: dict[str, list[bytes]], body_at: int) -> Fields:
    return Fields(values=values, body_at=body_at)


def _after_preliminaries(block: bytes) -> int:
    """Skip what mailboxes put before the first header: marks, blank lines, a From_ line."""
    at = 3 if block.startswith(b"\xef\xbb\xbf") else 0
    while found := _MBOX.match(block, at):
        at = found.end()
    return at


def _line(block: bytes, at: int) -> tuple[bytes, int]:
    found = _LINE.match(block, at)
    return (found[1], found.end()) if found else (b"", len(block))


def _continues(block: bytes, line: bytes, *, at: int, after_field: bool) -> bool:
    """Tell whether a line without a name is part of the headers."""
    if line[:1] in b" \t":
        return after_field
    following, _ = _line(block, at)
    return after_field and _NAME.match(following) is not None and not line.startswith(b"--")


def _fold(last: list[bytes] | None, line: bytes, findings: Findings) -> None:
    if last is None:
        return
    if line[:1] not in b" \t":
        findings.note(Defect.HEADER_MALFORMED)
    if len(last[-1]) + len(line) > limits.FIELD_CHARACTERS:
        findings.note(Defect.HEADER_TOO_LONG)
        return
    last[-1] = last[-1] + b" " + line.strip(b" \t\r") if last[-1] else line.strip(b" \t\r")


def _note_cut(findings: Findings, *, too_many: bool) -> None:
    findings.note(Defect.HEADERS_TOO_MANY if too_many else Defect.HEADERS_TOO_LARGE)


def _end_of_headers(block: bytes, at: int) -> int:
    blank = re.compile(rb"\n[ \t]*\r?\n").search(block, at)
    return blank.end() if blank else len(block)
