"""
Fusing: two orders of the same things become one, by their places and not by their scores.

Source: Cormack, Clarke, Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual
rank learning methods" (2009).
"""

from collections.abc import Hashable, Sequence
from typing import TypeVar

K = 60
T = TypeVar("T", bound=Hashable)


def fuse(first: Sequence[T], second: Sequence[T], *, share: float = 0.5) -> list[T]:
    """Give what stands in either order, the best first; `share` is how much the second counts."""
    worth: dict[T, float] = {}
    for order, weight in ((first, 1 - share), (second, share)):
        for place, each in enumerate(order, start=1):
            worth[each] = worth.get(each, 0.0) + weight / (K + place)
    # What is worth the same stands as it stood before.
    return sorted(worth, key=lambda each: -worth[each])
