"""
Bursting: whether so many alike are more than chance, by their share of all that comes; pure.

A sale that brings ten times of everything is no fault: only the mixture tells.
Source: T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", 1993.
"""

import math
from dataclasses import dataclass

# The window in which alike texts are counted together.
WINDOW_SECONDS = 600.0
LEAST = 10
# What is significant may still be small: a mixture shifts by itself, though not threefold.
TIMES = 3.0
# Chance alone may look like a fault so often; each term of each text of a day is a chance.
ALARMS_A_DAY = 0.01
# So many of a swarm's heaviest terms are looked at, and so many must be over: a single word, as
# of a feast or in a footer, makes no fault.
TERMS, TERMS_OVER = 3, 2
# Until so many texts were seen nothing is usual: then a burst is a large part of everything.
KNOWN, LARGE_PART, LEAST_UNKNOWN = 200.0, 0.3, 20
# How long the past is remembered: what was seen loses two thirds of its weight in this time.
MEMORY_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Borne:
    """A term: how many of all texts bear it now, and how many of the past did."""

    now: int
    before: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """
    What a swarm looks like: how many it is now, of how many texts in all, and its heaviest terms.

    `known` is how many texts the past holds, which are about those of a day.
    """

    number: int
    all: int
    known: float
    terms: tuple[Borne, ...]


def is_burst(seen: Seen) -> bool:
    """Say whether it is more than chance, and enough to tell somebody of it."""
    if seen.known < KNOWN:
        return seen.number >= max(LEAST_UNKNOWN, LARGE_PART * seen.all)
    return seen.number >= LEAST and _over(seen) >= min(TERMS_OVER, max(len(seen.terms), 1))


def is_unusual(seen: Seen) -> bool:
    """Say whether a word of it is more than chance: then, few or many, it may be a known fault."""
    return is_burst(seen) if seen.known < KNOWN else _over(seen) > 0


def chance(term: Borne, *, all_now: float, all_before: float) -> float:
    """How likely chance alone bears a term so much oftener than before, by the likelihood ratio."""
    now, before = float(term.now), term.before
    if now * all_before <= before * all_now:
        return 1.0
    usual = (now + before) / (all_now + all_before)
    ratio = (
        _part(now, all_now * usual)
        + _part(all_now - now, all_now * (1 - usual))
        + _part(before, all_before * usual)
        + _part(all_before - before, all_before * (1 - usual))
    )
    return math.erfc(math.sqrt(max(ratio, 0.0))) / 2


def usual_of(before: float, *, all_before: float, others_now: float) -> float:
    """How many bear a term beside so many others, when all is as it was before."""
    return (before + 0.5) / (max(all_before - before, 0.0) + 0.5) * others_now


def faded(sum_: float, seconds: float) -> float:
    """What is left of a sum after a time."""
    return sum_ * math.exp(-max(seconds, 0.0) / MEMORY_SECONDS)


def _over(seen: Seen) -> int:
    """How many of its terms are more than chance."""
    return sum(_is_over(term, seen) for term in seen.terms)


def _is_over(term: Borne, seen: Seen) -> bool:
    before = min(term.before, seen.known)
    all_now = max(seen.all, term.now)
    usual = usual_of(before, all_before=seen.known, others_now=all_now - term.now)
    if term.now <= TIMES * usual:
        return False
    term = Borne(now=term.now, before=before)
    by_chance = chance(term, all_now=all_now, all_before=seen.known)
    return by_chance < ALARMS_A_DAY / (TERMS * seen.known)


def _part(seen: float, expected: float) -> float:
    return seen * math.log(seen / expected) if seen > 0 else 0.0
