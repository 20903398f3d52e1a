"""Attributions: the line or lines that say who wrote what is quoted below.

`On Monday, 3 March 2025 at 10:00, Jane Doe <jane@example.com> wrote:` in every language, wrapped
as mailers wrap it. A sentence that ends in `wrote:` is one only above a quote.
"""

import re
from typing import Final

from ambidesk.support.channels.mail.parsing.replies.lines import is_quoted, plain
from ambidesk.support.channels.mail.parsing.replies.vocabulary import (
    MONTHS,
    STARTS,
    WEEKDAYS,
    WROTE,
)

_MOST_LINES: Final = 6
_TAIL: Final = 60
_LONGEST: Final = 500
_END: Final = re.compile(r"(?:[:：]|wrote ?-+|-{3,})\s*$")
_VERB: Final = re.compile(
    rf"(?:^|[\s>)\"'”’,;.\d日]|님이\s?)(?:{WROTE})(?![\w-])|写道|寫道|のメール|작성"
)
_VERB_LAST: Final = re.compile(rf"(?:{WROTE})[^\w]{{0,6}}\s*$")
_ADDRESS: Final = re.compile(r"(?<![\w.+=%~'/-])[\w.+=%~'/-]+@[\w-]+(?:\.[\w-]+)*")
_DATE: Final = re.compile(
    r"\b\d{1,2}[:.h]\d{2}\b|\b\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}\b|\b(?:19|20)\d\d\b"
    r"|[年월月]\s?\d{1,2}|\b(?:19|20)\d\d\s?[年년]"
    rf"|\b\d{{1,2}}\.?\s(?:{MONTHS})\b|\b(?:{MONTHS})\.?\s\d{{1,2}}\b"
)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_DIGIT: Final = re.compile(r"\d")
_DATE_FIRST: Final = re.compile(
    r"^[\"'(\[-]*(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\.?\s\w{3,12}\.?\s(?:de\s)?\d{4}"
    r"|\d{4}[年년]|\d{1,2}:\d{2},)"
)
_START: Final = re.compile(
    rf"^-*\s*(?:(?:{STARTS})\b|(?:{WEEKDAYS})\b[.,]{{0,2}}\s|בתאריך|ב-|在|于"
    rf"|\d{{1,2}}[:.]\d{{2}}[,\s]"
    rf"|\d{{1,4}}[./年년-]|\d{{1,2}}\.?\s\w)"
)
_NAMED: Final = re.compile(
    r"^[^.!?:;<(\[]{0,60}[<(\[]?\s?(?:mailto:)?[^\s<>@]{1,128}@[^\s<>]+\s?[>)\]]?"
)
_ABBREVIATED: Final = re.compile(r"\b\w{1,5}\.$")
_NOT_WORDS: Final = re.compile(r"[\W\d_]+")
_NAMED_LINES: Final = 3
_FEW_WORDS: Final = 7
_SHORT: Final = 60


def attribution_at(lines: list[str], end: int) -> int | None:
    """Return the first line of the attribution that ends on line `end`, None if none does."""
    if not lines[end].strip() or is_quoted(lines[end]):
        return None
    if not _may_end(lines, end):
        return None
    for start in range(end, max(end - _MOST_LINES, -1), -1):
        if not lines[start].strip() or is_quoted(lines[start]) or _is_end(lines, start, end=end):
            break
        joined = plain(" ".join(lines[start : end + 1]))
        if len(joined) > _LONGEST:
            break
        if _START.match(joined) and _is_dated(joined, lines, end=end):
            return _with_name_above(lines, start)
    return _without_start(lines, end)


def _may_end(lines: list[str], end: int) -> bool:
    """Tell cheaply whether an attribution could end here."""
    line = plain(lines[end])
    if _is_ended(line) or _VERB_LAST.search(line[-_TAIL:]):
        return True
    return (
        line.endswith(">")
        and _DATE_FIRST.match(_head(lines, end)) is not None
        and (_is_above_quote(lines, end))
    )


def _is_ended(line: str) -> bool:
    return _END.search(line[-_TAIL:]) is not None


def _head(lines: list[str], end: int) -> str:
    start = end
    while start > max(end - 2, 0) and lines[start - 1].strip() and not is_quoted(lines[start - 1]):
        start -= 1
    return plain(lines[start])


def _is_end(lines: list[str], start: int, *, end: int) -> bool:
    """Tell whether a line above ends an earlier thought: a sentence or a heading."""
    return (
        start < end
        and lines[start].rstrip().endswith((".", "!", "?", ":", "。"))
        and not (
            _ADDRESS.search(lines[start][-_LONGEST:]) or _ABBREVIATED.search(lines[start][-9:])
        )
    )


def _is_dated(joined: str, lines: list[str], *, end: int) -> bool:
    """Tell whether a start is followed by a date and by somebody who wrote."""
    if not _DATE.search(joined):
        return False
    if not _DIGIT.search(_YEAR.sub("", joined)) and not _is_above_quote(lines, end):
        return False
    if not _is_ended(joined):
        return _VERB_LAST.search(joined[-_TAIL:]) is not None or _is_above_quote(lines, end)
    return _VERB.search(joined) is not None or _ADDRESS.search(joined) is not None


def _without_start(lines: list[str], end: int) -> int | None:
    """Judge lines that begin with a name: with its address, a date and that they wrote."""
    for start in range(end, max(end - _NAMED_LINES, -1), -1):
        if not lines[start].strip() or is_quoted(lines[start]) or _is_end(lines, start, end=end):
            break
        joined = plain(" ".join(lines[start : end + 1]))
        if _NAMED.match(joined) and _says_only_who_and_when(joined):
            return start
    line = plain(lines[end])
    says_wrote = _VERB.search(line) is not None and _is_ended(line)
    if says_wrote and _ADDRESS.search(line) and _is_above_quote(lines, end):
        return end
    if _is_ended(line) and _ADDRESS.search(line) and _DATE_FIRST.match(line):
        return end
    if (says_wrote or _VERB_LAST.search(line[-_TAIL:])) and _is_right_above_quote(lines, end):
        return end
    return None


def _with_name_above(lines: list[str], start: int) -> int:
    """Take in a line above that is but the name and address of who wrote."""
    above = plain(lines[start - 1]) if start else ""
    if _NAMED.match(above) and not is_quoted(lines[start - 1]):
        after = _DATE.sub(" ", _NAMED.sub("", above, count=1))
        if len(_NOT_WORDS.sub(" ", after).split()) <= 1:
            return start - 1
    if start and _START.match(above) and _DATE.search(above) and not is_quoted(lines[start - 1]):
        is_short = len(above) <= _SHORT and above[-1] not in ".!?:"
        return start - 1 if is_short else start
    return start


def _says_only_who_and_when(joined: str) -> bool:
    """Tell whether a text is a name, an address, the verb or a date, and hardly a word more."""
    if not _is_ended(joined) or not (_VERB.search(joined) or _DATE.search(joined)):
        return False
    after = _NAMED.sub("", joined, count=1)
    rest = _NOT_WORDS.sub(" ", _VERB.sub(" ", _DATE.sub(" ", after)))
    return len(rest.split()) <= _FEW_WORDS


def _is_above_quote(lines: list[str], end: int) -> bool:
    following = (line for line in lines[end + 1 : end + 5] if line.strip())
    return any(is_quoted(line) for line in list(following)[:1])


def _is_right_above_quote(lines: list[str], end: int) -> bool:
    return any(is_quoted(line) for line in lines[end + 1 : end + 3])
