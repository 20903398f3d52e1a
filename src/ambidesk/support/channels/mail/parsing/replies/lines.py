"""Lines of a text to be searched for quotes: as written, and as compared."""

import re
from functools import lru_cache
from typing import Final

from ambidesk.support.channels.mail.parsing import limits

_MARKS: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]+")
_SPACES: Final = re.compile(r"[\s\xa0]+")
_QUOTED: Final = re.compile(r"^ {0,3}(?:>|\|(?= |$)|&gt;)")
_LOST_BRACKET: Final = re.compile(r"^>{1,2}[^>\n]{0,40}[:：]$")
_OPEN_BRACKET: Final = re.compile(r"[<(][^\s<>]+@[^\s<>]+$")
_END: Final = 500
_DECORATION: Final = re.compile(r"^[\s>|*_]+|[\s*_]+$")


def split_lines(text: str) -> list[str]:
    """Return the lines, at most so many that searching stays quick."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    clean = [_MARKS.sub("", line).rstrip() for line in lines[: limits.REPLY_LINES]]
    return _mended(clean)


def _mended(lines: list[str]) -> list[str]:
    """Put back the `>` of an address that was wrapped to where it looks like a quote."""
    mended: list[str] = []
    for line in lines:
        if _LOST_BRACKET.match(line) and mended and _OPEN_BRACKET.search(mended[-1][-_END:]):
            mended[-1] += line
        else:
            mended.append(line)
    return mended


@lru_cache(maxsize=2_048)
def plain(line: str) -> str:
    """Return a line as it is compared: lower case, single spaces, no decoration around it."""
    return _SPACES.sub(" ", _DECORATION.sub("", line[: limits.LINE_CHARACTERS])).lower().strip()


def is_quoted(line: str) -> bool:
    return _QUOTED.match(line) is not None
