"""
Score: how well a contractor does, from 0 to 100, out of three shares.

Each share is drawn a little to the middle (by one good and one bad one more, Laplace's rule of
succession), so that one job alone makes nobody perfect.
"""

from dataclasses import dataclass
from typing import Final

ON_TIME: Final = 50
AT_ONCE: Final = 30
KEPT: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """
    What came to an end in a period.

    Of `done`, those in time in each of their rounds and those that were never sent back; what was
    refused or given back is `declined`.
    """

    done: int
    on_time: int
    at_once: int
    declined: int

    @property
    def ended(self) -> int:
        """All that they had to answer for."""
        return self.done + self.declined


def score(tally: Tally) -> int | None:
    """Give the score; None where nothing came to an end."""
    if not tally.ended:
        return None
    points = (
        ON_TIME * _share(tally.on_time, tally.done)
        + AT_ONCE * _share(tally.at_once, tally.done)
        + KEPT * _share(tally.done, tally.ended)
    )
    return round(points)


def _share(good: int, of: int) -> float:
    return (good + 1) / (of + 2)
