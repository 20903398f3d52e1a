"""Likeness: how near two words, days, numbers or phones are, in five levels."""

from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from ambidesk.parties.matching.diminutives import full_names
from ambidesk.parties.matching.sounds import plain, sound

LIKE = 0.88
# Shorter words differ by one letter and are different words.
SHORT = 4


class Level(IntEnum):
    """How two values agree."""

    MISSING = 0
    DIFFERENT = 1
    # A slip of the hand apart.
    LIKE = 2
    # The same in another script, spelling, form or order.
    ALIKE = 3
    EQUAL = 4


@lru_cache(maxsize=500_000)
def of_names(one: str, two: str) -> Level:
    """Compare surnames, or any words that have no diminutives."""
    if not one or not two:
        return Level.MISSING
    first, second = plain(one), plain(two)
    if first == second:
        return Level.EQUAL
    first, second = sound(first).replace(" ", ""), sound(second).replace(" ", "")
    if first == second:
        return Level.ALIKE
    if min(len(first), len(second)) == 1:
        # An initial says little, and nothing where it fits.
        return Level.MISSING if first[:1] == second[:1] else Level.DIFFERENT
    return Level.LIKE if are_like(first, second) else Level.DIFFERENT


@lru_cache(maxsize=500_000)
def of_given_names(one: str, two: str) -> Level:
    """Compare given names: a diminutive or foreign form is the same name."""
    level = of_names(one, two)
    if level in {Level.LIKE, Level.DIFFERENT} and full_names(one) & full_names(two):
        return Level.ALIKE
    if level is Level.LIKE and full_names(one) and full_names(two):
        # Мария and Марина are two names, not a slip; so are Jan and Jen.
        return Level.DIFFERENT
    return level


def are_like(one: str, two: str) -> bool:
    """Tell whether two words are a slip or two apart."""
    shorter = min(len(one), len(two))
    allowed = 1 if shorter <= SHORT + 1 else 2
    if shorter >= SHORT - 1 and OSA.distance(one, two, score_cutoff=allowed) <= allowed:
        return True
    return JaroWinkler.similarity(one, two) >= LIKE


def of_days(one: str, two: str) -> Level:
    """Compare days of eight digits: day and month changed about are alike, one slip is like."""
    if not one or not two:
        return Level.MISSING
    if one == two:
        return Level.EQUAL
    if one[:4] == two[:4] and one[4:6] == two[6:8] and one[6:8] == two[4:6]:
        return Level.ALIKE
    return Level.LIKE if OSA.distance(one, two, score_cutoff=1) <= 1 else Level.DIFFERENT


def of_numbers(one: str, two: str) -> Level:
    """Compare numbers of an office or of a post code: one digit wrong or two changed is like."""
    if not one or not two:
        return Level.MISSING
    if one == two:
        return Level.EQUAL
    return Level.LIKE if OSA.distance(one, two, score_cutoff=1) <= 1 else Level.DIFFERENT


def are_slip(one: str, two: str) -> bool:
    """Tell whether one letter was missed, added, mistaken or changed about with the next."""
    return OSA.distance(one, two, score_cutoff=1) <= 1
