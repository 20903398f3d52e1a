"""File names: what a stranger called a file, as a name and never as a path."""

import re
from typing import Final

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+")
_LONGEST: Final = 255


def file_name(given: str) -> str:
    """Return the last step of a given path, without what no file name may hold."""
    plain = _CONTROL.sub("", given.replace("\t", " "))
    last = re.split(r"[\\/]", plain.strip(" \"'"))[-1].strip(" \"'")
    return last[-_LONGEST:] if last not in {".", ".."} else ""
