"""Questions: what was typed, taken apart into words, phrases, what must not be, and filters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.search.filters import EVERYTHING, Narrowing, named, together
from ambidesk.ground.search.words import joined, words_of

LONGEST = 400
MOST_WORDS = 12
PIECE = re.compile(r'(-)?(?:([^\W\d_]+):)?(?:"([^"]*)"?|([^\s"]+))')
PHONE = re.compile(r"\+?[\d\s()\-]{7,24}")
SHORTEST_PHONE = 7
# Digits of a phone number without the country's.
NATIONAL = 10
LONGEST_ID = 19


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    A question as it is asked of the index.

    The last of `words` may be unfinished; a word of `without` stands nowhere; `numbers` may be ids.
    `either` are several ways to write one thing: all words of one of them. `typed` are all words
    as they were typed, which are marked where they are found.
    """

    words: tuple[str, ...] = ()
    either: tuple[tuple[str, ...], ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    typed: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    narrowing: Narrowing = EVERYTHING
    problems: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing was asked for."""
        words = self.words or self.either or self.phrases
        return not words and self.narrowing == EVERYTHING


def read_question(text: str, *, actor: Actor, at: datetime) -> Question:
    """Read what somebody typed; nothing typed is an error, what makes no sense is told."""
    phone = PHONE.fullmatch(text.strip())
    if phone and len(number := joined(text)) >= SHORTEST_PHONE:
        return _phone(text, number)
    words: list[str] = []
    typed: list[str] = []
    phrases: list[tuple[str, ...]] = []
    without: list[str] = []
    narrowings: list[Narrowing] = []
    problems: list[str] = []
    for minus, name, value, is_phrase in _pieces(text[:LONGEST]):
        found = named(name) if name else None
        if found:
            narrowing = found.read(value, actor, at)
            if narrowing is not None:
                narrowings.append(narrowing)
            else:
                problems.append(_("“%(piece)s” was not understood.") % {"piece": f"{name}:{value}"})
            continue
        parts = tuple(words_of(f"{name}:{value}" if name else value))
        if minus:
            without += parts
            continue
        typed += parts
        if is_phrase and len(parts) > 1:
            phrases.append(parts[:MOST_WORDS])
        else:
            words += _telling(f"{name}:{value}" if name else value, parts)
    return Question(
        words=tuple(dict.fromkeys(words))[:MOST_WORDS],
        phrases=tuple(phrases[:3]),
        typed=tuple(dict.fromkeys(typed)),
        without=tuple(without[:MOST_WORDS]),
        numbers=_numbers(words),
        narrowing=together(narrowings),
        problems=tuple(problems),
    )


def _phone(text: str, number: str) -> Question:
    """Ask for a number of a phone, a label or a ticket, with or without what stands before it."""
    ways = [(number,), (number[-NATIONAL:],), tuple(words_of(text))]
    return Question(
        either=tuple(dict.fromkeys(ways)),
        typed=(number, *words_of(text)),
        numbers=_numbers([number]),
    )


def _pieces(text: str) -> Iterator[tuple[bool, str, str, bool]]:
    for match in PIECE.finditer(text):
        minus, name, phrase, word = match.groups()
        value = phrase if phrase is not None else word
        yield bool(minus), name or "", value, phrase is not None


def _telling(typed: str, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Ask for a serial or an address as the one word that it is, not for its parts besides."""
    whole = joined(typed)
    return (whole,) if len(parts) > 1 and whole in parts else parts


def _numbers(words: list[str]) -> tuple[int, ...]:
    return tuple(
        int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 19
    )
