"""
Meters: what a counter shows over time, and what follows from its beginning anew.

A counter of wear falls back when the part that wears was replaced; between two such falls is one
life of that part.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ambidesk.service.assets.rules.lives import Life


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the counter showed, and whether the part was found failed then."""

    value: float
    failed: bool


def lives_by_wear(readings: Iterable[Shown]) -> tuple[Life, ...]:
    """
    Give the lives of the parts that wore one after another, in order.

    A life ends at its first failure, else censored at what the counter showed last.
    """
    lives: list[Life] = []
    current: Life | None = None
    last = 0.0
    for reading in readings:
        if current is not None and reading.value < last:
            lives.append(current)
            current = None
        last = reading.value
        if current is None or not current.failed:
            current = Life(end=reading.value, failed=reading.failed)
    return (*lives, current) if current else ()
