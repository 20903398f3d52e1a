"""Headings: the block of From, Sent, To and Subject that stands above a quoted mail.

At least three of them together, or who and when, make a heading; a separator above goes with it.
"""

import re
from typing import Final

from ambidesk.support.channels.mail.parsing.replies.lines import plain
from ambidesk.support.channels.mail.parsing.replies.vocabulary import (
    BEGIN_FORWARDED,
    COPY,
    FROM,
    MESSAGE,
    ORIGINAL,
    PROCESSED,
    REPLY_ABOVE,
    REPLY_TO,
    SENT,
    SUBJECT,
    TO,
)

_KINDS: Final = (
    ("from", FROM),
    ("sent", SENT),
    ("to", TO),
    ("copy", COPY),
    ("subject", SUBJECT),
    ("other", REPLY_TO),
)
_LABEL: Final = re.compile(
    r"^(?:[>|*_\s-]*)(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS) + r")"
    r"[*_\s]*[:：][*_\s]*(?P<value>.*)$"
)
_INLINE: Final = re.compile(
    rf"(?<!\S)[*]?(?:(?P<from>{FROM})|(?P<sent>{SENT})|(?P<to>{TO}|{SUBJECT}))[*]?\s?[:：]"
)
_APART: Final = 300
_RULE: Final = re.compile(r"^[\s>]*[-_=*–—]{3,}\s*$")
_DASHES: Final = "-_=*–—> \t"
_ORIGINAL: Final = re.compile(rf"^(?:{ORIGINAL})(?!\w)")
_DASHED: Final = re.compile(rf"^(?:\S+ ){{0,3}}\S*(?:{MESSAGE})(?: \S+){{0,2}}$")
_BARE_ORIGINAL: Final = re.compile(rf"^(?:{ORIGINAL})\s*[:：]?$")
_BEGIN: Final = re.compile(rf"^(?:{BEGIN_FORWARDED})$")
_ABOVE: Final = re.compile(rf"^[-#=*_\s>]*(?:.{{0,20}}\b)?(?:{REPLY_ABOVE})")
_PROCESSED: Final = re.compile(rf"^(?:{PROCESSED}) ")
_A_DASH: Final = 2
_LONGEST: Final = 200
_MOST_LINES: Final = 14
_ENOUGH: Final = 3


def heading_at(lines: list[str], at: int) -> int | None:
    """Return the line after a heading or separator that begins on line `at`, None if none does."""
    line = plain(lines[at])
    if not line:
        return None
    if _is_separator(lines[at], lines, at=at):
        end = _labels(lines, _next_text(lines, at + 1))
        return end or at + 1
    if _RULE.match(lines[at]):
        return _labels(lines, _next_text(lines, at + 1))
    return _labels(lines, at)


def is_rule(line: str) -> bool:
    return _RULE.match(line) is not None


def _is_separator(raw: str, lines: list[str], *, at: int) -> bool:
    """Tell whether a line says that another mail follows: words between dashes, or alone."""
    if len(raw) > _LONGEST:
        return False
    line = " ".join(raw.split()).lower()
    words = line.strip(_DASHES).rstrip(":： ")
    if not words:
        return False
    before = len(line) - len(line.lstrip(_DASHES))
    after = len(line) - len(line.rstrip(_DASHES))
    if any((_ABOVE.match(line), _PROCESSED.match(words), _BEGIN.match(words))):
        return True
    if (before > 1 and _ORIGINAL.match(words)) or (
        min(before, after) > _A_DASH and _DASHED.match(words)
    ):
        return True
    if _BARE_ORIGINAL.match(words):
        return _labels(lines, _next_text(lines, at + 1)) is not None
    return False


def _next_text(lines: list[str], at: int) -> int:
    most = min(len(lines), at + _MOST_LINES)
    while at < most and (not lines[at].strip() or is_rule(lines[at])):
        at += 1
    return at


def _labels(lines: list[str], start: int) -> int | None:
    """Return the line after the labelled lines from `start` on, None if they are no heading."""
    if start >= len(lines):
        return None
    if _is_inline(lines[start]):
        return start + 1
    kinds: set[str] = set()
    end = at = start
    while at < min(len(lines), start + _MOST_LINES):
        found = _labelled(lines[at])
        if found is not None:
            kinds.add(_kind(found))
            end = at + 1
        elif (
            (lines[at].strip() and (at == start or not _is_continuation(lines, at)))
            or (not lines[at].strip() and _is_enough(kinds) and not _is_labelled(lines, at + 1))
            or (not lines[at].strip() and not lines[at - 1].strip())
        ):
            break
        at += 1
    return end if _is_enough(kinds) else None


def _is_inline(line: str) -> bool:
    """Tell whether who, when and to whom stand on one line, each near the one before."""
    if ":" not in line and "：" not in line:
        return False
    wanted = {"from": "", "sent": "from", "to": "sent"}
    ended: dict[str, int] = {"": 0}
    for label in _INLINE.finditer(plain(line)):
        kind = label.lastgroup or ""
        before = ended.get(wanted[kind])
        if before is None or (wanted[kind] and label.start() - before > _APART):
            continue
        if kind == "to":
            return True
        ended[kind] = label.end()
    return False


def _labelled(line: str) -> re.Match[str] | None:
    return _LABEL.match(plain(line)) if ":" in line or "：" in line else None


def _kind(found: re.Match[str]) -> str:
    return next(kind for kind, _ in _KINDS if found[kind] is not None)


def _is_enough(kinds: set[str]) -> bool:
    return (
        (len(kinds) >= _ENOUGH and bool(kinds & {"from", "sent"}))
        or {"from", "sent"} <= kinds
        or {"from", "subject"} <= kinds
    )


def _is_labelled(lines: list[str], at: int) -> bool:
    return at < len(lines) and _labelled(lines[at]) is not None


def _is_continuation(lines: list[str], at: int) -> bool:
    """Tell whether a line goes on with the addresses or subject above, a label following soon."""
    return lines[at].startswith((" ", "\t", "<")) or "@" in lines[at] or _is_labelled(lines, at + 1)
