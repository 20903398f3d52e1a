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
_MBOX: Final = re.compile(rb">?From (?!\s*:)[^\n]*\n|[^\S\n]*\n", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"=\?([A-Za-z0-9_-]{1,40})\?[BbQq]\?")
_INDENTED: Final = re.compile(rb"[ \t]+(?=[A-Za-z][A-Za-z-]{0,60}:)")
_TORN: Final = re.compile(
    rb"(?:[ \t][^\r\n]*\r?\n)+(?:Subject|Date|To|Message-ID|MIME-Version|Content-Type)[ \t]*:",
    re.IGNORECASE,
)
_KNOWN: Final = re.compile(
    rb"(?:Content-[A-Za-z-]{1,40}|X-[!-9;-~]{1,80}|List-[A-Za-z-]{1,40}|MIME-Version|Subject|Date"
    rb"|From|To|Cc|Message-ID|Reply-To|Received|Return-Path|DKIM-Signature)[ \t]*:",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(rb"(?:[ \t][^\r\n]*\r?\n)?[!-9;-~]{1,200}[ \t]*:")
_SCANNED_BYTES: Final = 256 * 1024
_LONGEST_LINE: Final = 256 * 1024
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


def charset_in_words(fields: Fields) -> str:
    """Return the charset that the encoded words of the head are in, "" if none or several."""
    lines = [line for name in ("subject", "from", "to") for line in fields.values.get(name, ())]
    found = {word.lower() for line in lines for word in _CHARSET.findall(line)}
    return found.pop().decode("ascii", "replace") if len(found) == 1 else ""


def read_fields(whole: memoryview, findings: Findings) -> Fields:
    """Read the fields at the start of a mail or part; `body_at` is where they end."""
    block = bytes(whole[: _SCANNED_BYTES + _LONGEST_LINE])
    at = _after_preliminaries(block)
    kept = _Kept(findings)
    while at < len(block):
        line, after = _line(block, at)
        if not line.strip(b" \t\r"):
            if kept.is_open and _is_torn(block, line, after=after):
                findings.note(Defect.HEADER_MALFORMED)
                at = after
                continue
            return Fields(values=kept.values, body_at=after)
        named = _NAME.match(line) if line[:1] not in b" \t" else None
        if named is None and not _continues(block, line, at=after, after_field=kept.is_open):
            return Fields(values=kept.values, body_at=at)
        if kept.is_full or at > _SCANNED_BYTES:
            findings.note(Defect.HEADERS_TOO_MANY if kept.is_full else Defect.HEADERS_TOO_LARGE)
            return Fields(values=kept.values, body_at=_end_of_headers(whole, at))
        if named is None:
            kept.fold(line)
        else:
            kept.add(named[1].decode("ascii").lower(), line[named.end() :].strip(b" \t\r"))
        at = after
    return Fields(values=kept.values, body_at=len(block))


class _Kept:
    """The fields taken so far, within their limits of number and size."""

    def __init__(self, findings: Findings) -> None:
        self.values: dict[str, list[bytes]] = {}
        self._findings = findings
        self._last: list[bytes] | None = None
        self._count = 0
        self._size = 0

    @property
    def is_open(self) -> bool:
        return self._last is not None

    @property
    def is_full(self) -> bool:
        return self._count >= limits.HEADER_FIELDS

    def add(self, name: str, value: bytes) -> None:
        self._count += 1
        self._last = self.values.setdefault(name, [])
        self._last.append(self._allowed(value, already=0))

    def fold(self, line: bytes) -> None:
        if self._last is None:
            return
        if line[:1] not in b" \t":
            self._findings.note(Defect.HEADER_MALFORMED)
        more = self._allowed(line.strip(b" \t\r"), already=len(self._last[-1]))
        if more:
            self._last[-1] = self._last[-1] + b" " + more if self._last[-1] else more

    def _allowed(self, value: bytes, *, already: int) -> bytes:
        room = min(limits.FIELD_BYTES - already, limits.HEADER_BYTES - self._size)
        if len(value) > room:
            self._findings.note(Defect.HEADER_TOO_LONG)
        kept = value[: max(room, 0)]
        self._size += len(kept)
        return kept


def _after_preliminaries(block: bytes) -> int:
    """Skip what mailboxes put before the first header: marks, blank lines, a From_ line."""
    at = 3 if block.startswith(b"\xef\xbb\xbf") else 0
    while found := _MBOX.match(block, at):
        at = found.end()
    indented = _INDENTED.match(block, at)
    return indented.end() if indented else at


def _line(block: bytes, at: int) -> tuple[bytes, int]:
    found = _LINE.match(block, at)
    return (found[1], found.end()) if found else (b"", len(block))


def _is_torn(block: bytes, line: bytes, *, after: int) -> bool:
    """Tell whether a blank line is no end of the headers: they go on behind it."""
    if line.strip(b"\r"):
        return _KNOWN.match(block, after) is not None
    return _TORN.match(block, after) is not None


def _continues(block: bytes, line: bytes, *, at: int, after_field: bool) -> bool:
    """Tell whether a line without a name is part of the headers."""
    if line[:1] in b" \t":
        return after_field
    return after_field and _GOES_ON.match(block, at) is not None and not line.startswith(b"--")


def _end_of_headers(block: memoryview, at: int) -> int:
    blank = re.compile(rb"\n[ \t]*\r?\n").search(block, at)
    return blank.end() if blank else len(block)
