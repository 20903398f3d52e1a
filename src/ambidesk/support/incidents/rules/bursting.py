"""Bursting: whether so many alike in so short a time are more than chance, pure."""

import math
from dataclasses import dataclass

# The window in which alike texts are counted together.
WINDOW_SECONDS = 600.0
LEAST = 10
# So many times the usual, and so many of its own deviations above it.
TIMES, DEVIATIONS = 3.0, 5.0
# Until so many texts were seen nothing is usual: then a burst is a large part of everything.
KNOWN, LARGE_PART, LEAST_UNKNOWN = 200.0, 0.3, 20
# How long the past is remembered: what was seen loses two thirds of its weight in this time.
MEMORY_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """
    What a swarm looks like: how many now, how many are usual in a window, how many came in all.

    `known` is how many texts the past holds.
    """

    number: int
    usual: float
    all: int
    known: float


def is_burst(seen: Seen) -> bool:
    """Say whether it is more than chance."""
    if seen.known < KNOWN:
        return seen.number >= max(LEAST_UNKNOWN, LARGE_PART * seen.all)
    return seen.number >= LEAST and seen.number > limit_of(seen.usual)


def limit_of(usual: float) -> float:
    """The number above which it is no chance any more."""
    return max(TIMES * usual, usual + DEVIATIONS * math.sqrt(usual))


def faded(sum_: float, seconds: float) -> float:
    """What is left of a sum after a time."""
    return sum_ * math.exp(-max(seconds, 0.0) / MEMORY_SECONDS)


def in_a_window(sum_: float, *, age_seconds: float) -> float:
    """How many of a remembered sum are usual in one window, by how long the past is."""
    remembered = MEMORY_SECONDS * -math.expm1(-max(age_seconds, WINDOW_SECONDS) / MEMORY_SECONDS)
    return max(sum_, 0.0) * WINDOW_SECONDS / remembered
