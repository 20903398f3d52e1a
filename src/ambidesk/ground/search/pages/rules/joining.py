"""Joining words: they stand on almost every page, and tell nothing beside other words."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from ambidesk.ground.search.pages.rules.terms import term_of

WORDS: Final = (
    "в во на с со к ко у о об от до из за по под над при про для без через между и а но или не ни "
    "же ли бы как что это чтобы если "
    "a an the of to in on at by for from with into and or not is are be as it this that how do does"
)


def telling(words: Sequence[str], *, is_open: bool = False) -> list[str]:
    """
    Give the terms that tell something; all of them where none does.

    `is_open`: the last one may go on, and be another word then.
    """
    kept = words[-1:] if is_open else ()
    found = [word for word in words if word not in _terms() or word in kept]
    return found or list(words)


@cache
def _terms() -> frozenset[str]:
    return frozenset(map(term_of, WORDS.split()))
