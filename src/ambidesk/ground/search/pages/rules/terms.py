"""
Terms: what all forms of a word have in common, by dictionary and stem of either language.

Cyrillic words are looked up in a dictionary of Russian forms, then cut; Latin ones are cut.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from threading import local

from pymorphy3 import MorphAnalyzer
from Stemmer import Stemmer

from ambidesk.ground.search.words import LONGEST, LONGEST_TEXT, WORD, plain

CYRILLIC = re.compile("[а-я]")
REMEMBERED = 50_000
# The stemmers of PyStemmer may be used by one thread at a time.
_own = local()


def tokens(text: str) -> Iterator[str]:
    """Take a text apart into words in order; what hyphens join comes apart."""
    for match in WORD.finditer(plain(text[:LONGEST_TEXT])):
        yield match[0][:LONGEST]


@lru_cache(REMEMBERED)
def term_of(word: str) -> str:
    """Give what all forms of a word, small and without accents, have in common."""
    if CYRILLIC.search(word):
        known = _dictionary()
        # What the dictionary only guesses of a name or a mistake is no form of it.
        is_known = known.word_is_known(word)
        return _stem("russian", plain(known.parse(word)[0].normal_form) if is_known else word)
    return _stem("english", word)


def terms(text: str) -> list[str]:
    """Take a text apart into terms, in order."""
    return [term_of(word) for word in tokens(text)]


def is_word(term: str) -> bool:
    """Letters only: nobody mistypes a serial into another one that is right."""
    return term.isalpha()


def _stem(language: str, word: str) -> str:
    stemmer = getattr(_own, language, None)
    if stemmer is None:
        stemmer = Stemmer(language)
        setattr(_own, language, stemmer)
    return str(stemmer.stemWord(word)) or word


@cache
def _dictionary() -> MorphAnalyzer:
    return MorphAnalyzer()
