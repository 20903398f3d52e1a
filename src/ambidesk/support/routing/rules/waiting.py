"""
Waiting: how long until it is one's turn, from the place in the queue and the pace of the past.

With c slots that each hold a talk for h seconds on average, a slot comes free every h / c seconds;
what is k-th in line waits for k of them. A factor learnt from promise and truth corrects it.
"""

from dataclasses import dataclass

# A single odd wait moves the factor by so much of its own at most.
LEARNS = 0.05
LEAST, MOST = 0.2, 5.0
# Below this nobody counts seconds: a ratio of two tiny waits teaches nothing.
TINY_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """
    How fast a queue moves.

    `slots` is the room of all who attend in talks, `free` what of it is free, `hold_for` the
    seconds that a talk holds a slot on average.
    """

    slots: int
    free: int
    hold_for: float
    correction: float = 1.0


def expected_seconds(position: int, pace: Pace) -> float | None:
    """
    Say in how many seconds the one at this position is taken, position 1 being next.

    None where nobody attends: no number would be honest.
    """
    if pace.slots <= 0:
        return None
    ahead = max(position - max(pace.free, 0), 0)
    return ahead * pace.hold_for / pace.slots * pace.correction


def learnt(correction: float, *, expected: float, waited: float) -> float:
    """Give the factor after one more promise could be compared with what came true."""
    if expected < TINY_SECONDS:
        return correction
    right = correction * waited / expected
    return min(max(correction + LEARNS * (right - correction), LEAST), MOST)


def averaged(before: float, seconds: float) -> float:
    """Give the mean that leans on the latest: each new value counts for a twentieth."""
    return before + LEARNS * (seconds - before)
