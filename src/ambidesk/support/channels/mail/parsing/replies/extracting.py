"""Extracting: the new part of a text, without what it quotes and how it is signed.

Answers between quoted lines are all kept, in order; a mail that is nothing but a forwarded one
keeps the words of that one.
"""

from dataclasses import dataclass, field
from typing import Final

from ambidesk.support.channels.mail.parsing.replies.attributions import attribution_at
from ambidesk.support.channels.mail.parsing.replies.headings import heading_at, is_rule
from ambidesk.support.channels.mail.parsing.replies.lines import is_quoted, split_lines
from ambidesk.support.channels.mail.parsing.replies.signatures import without_signature

_DEPTH: Final = 4
_WRAPPED_FROM: Final = 65
_LOOKED_AHEAD: Final = 30
_TORN_OFF: Final = 40


@dataclass(slots=True, kw_only=True)
class _Pieces:
    """What is new, in pieces between quotes."""

    pieces: list[list[str]] = field(default_factory=lambda: [[]])
    has_quote: bool = False

    def say(self, line: str) -> None:
        self.pieces[-1].append(line)

    def unsay(self, count: int) -> None:
        del self.pieces[-1][len(self.pieces[-1]) - count :]

    def quote(self) -> None:
        self.has_quote = True
        if self.pieces[-1]:
            self.pieces.append([])


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """The new part, and whether anything was quoted beside it."""

    reply: str
    has_quote: bool


def extract(text: str) -> Extract:
    """Return the new part of a text."""
    return _extract(split_lines(text), depth=0)


def _extract(lines: list[str], *, depth: int) -> Extract:
    pieces, rest_at = _read(lines)
    said = [without_signature(piece) for piece in pieces.pieces]
    reply = "\n\n".join("\n".join(piece) for piece in said if piece)
    if not reply and rest_at is not None and depth < _DEPTH:
        rest = _extract(lines[rest_at:], depth=depth + 1)
        return Extract(reply=rest.reply, has_quote=True)
    return Extract(reply=reply, has_quote=pieces.has_quote)


def _read(lines: list[str]) -> tuple[_Pieces, int | None]:
    """Sort the lines; also return where unmarked quoted text begins, if it does."""
    pieces = _Pieces()
    at = 0
    while at < len(lines):
        line = lines[at]
        if is_quoted(line) or _is_torn_off(lines, at):
            pieces.quote()
            at += 1
            continue
        heading_end = heading_at(lines, at)
        if heading_end is not None:
            pieces.quote()
            return pieces, heading_end
        start = attribution_at(lines, at)
        if start is None:
            pieces.say(line)
        else:
            pieces.unsay(at - start)
            pieces.quote()
            if not _quote_follows(lines, at + 1):
                return pieces, at + 1
        at += 1
    return pieces, None


def _is_torn_off(lines: list[str], at: int) -> bool:
    """Tell whether a line is the end of a quoted one that was wrapped without its mark."""
    if not 0 < at < len(lines) - 1 or not lines[at].strip():
        return False
    above, below = lines[at - 1], lines[at + 1]
    return (
        is_quoted(above)
        and is_quoted(below)
        and len(above) >= _WRAPPED_FROM
        and len(lines[at]) <= _TORN_OFF
    )


def _quote_follows(lines: list[str], at: int) -> bool:
    most = min(len(lines), at + _LOOKED_AHEAD)
    while at < most and (not lines[at].strip() or is_rule(lines[at])):
        at += 1
    return at < most and is_quoted(lines[at])
