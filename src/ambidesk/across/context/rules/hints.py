"""Hints: words with a few names in double braces, filled from what is known; pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

NAME: Final = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


class Look(StrEnum):
    """How much a hint matters."""

    INFO = "info"
    WARNING = "warning"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A hint as it is read."""

    id: int
    words: str
    look: Look


def names_in(words: str) -> frozenset[str]:
    """Give the names that a text asks for."""
    return frozenset(NAME.findall(words))


def filled(words: str, known: Mapping[str, object]) -> str:
    """Fill in what is known; what is not is a dash, and no braces are left."""

    def value(found: re.Match[str]) -> str:
        given = known.get(found.group(1))
        return "–" if given is None or given == "" else str(given)

    return NAME.sub(value, words)
