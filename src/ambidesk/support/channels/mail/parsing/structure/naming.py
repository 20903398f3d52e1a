"""Naming: what the sender called a file, as a name and never as a path."""

import re
from typing import Final

from ambidesk.support.channels.mail.parsing.structure.tree import Part

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+")
_SPACES: Final = re.compile(r"\s+")
_LONGEST: Final = 255


def name_of(part: Part) -> str:
    """Return the name of a part's file, "" if it has none."""
    for given in (
        part.disposition_parameters.get("filename"),
        part.type_parameters.get("name"),
        part.disposition_parameters.get("name"),
        part.type_parameters.get("filename"),
        part.type_parameters.get("file"),
    ):
        if given and (name := file_name(given)):
            return name
    return ""


def file_name(given: str) -> str:
    """Return the last step of a given path, without what no file name may hold."""
    plain = _SPACES.sub(" ", _CONTROL.sub("", given.replace("\t", " ")))
    last = re.split(r"[\\/]", plain.strip(" \"'"))[-1].strip(" \"'")
    return last[-_LONGEST:] if last not in {".", ".."} else ""
