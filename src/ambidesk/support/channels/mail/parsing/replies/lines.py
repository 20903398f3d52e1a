"""Lines of a text to be searched for quotes: as written, and as compared."""

import re
from typing import Final

from ambidesk.support.channels.mail.parsing import limits

_MARKS: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]+")
_SPACES: Final = re.compile(r"[\s\xa0]+")
_QUOTED: Final = re.compile(r"^ {0,3}(?:>|\|(?= |$)|&gt;)")
_DECORATION: Final = re.compile(r"^[\s>|*_]+|[\s*_]+$")


def split_lines(text: str) -> list[str]:
    """Return the lines, at most so many that searching stays quick."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [_MARKS.sub("", line).rstrip() for line in lines[: limits.REPLY_LINES]]


def plain(line: str) -> str:
    """Return a line as it is compared: lower case, single spaces, no decoration around it."""
    return _SPACES.sub(" ", _DECORATION.sub("", line[: limits.LINE_CHARACTERS])).lower().strip()


def is_quoted(line: str) -> bool:
    return _QUOTED.match(line) is not None
