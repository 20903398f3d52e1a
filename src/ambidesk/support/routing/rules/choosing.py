"""Choosing: of those with the skills and room, whoever has been idle longest, pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who could take work; `load` is the weight that they hold of `capacity`."""

    member: int
    skills: frozenset[int]
    load: int
    capacity: int
    idle_since: datetime

    @property
    def free(self) -> int:
        """How much weight more fits; who was given too much by hand has none."""
        return max(self.capacity - self.load, 0)


def fits(candidate: Candidate, *, weight: int, needs: frozenset[int]) -> bool:
    """Say whether the work fits the candidate."""
    return candidate.free >= weight and needs <= candidate.skills


def longest_idle(
    candidates: Iterable[Candidate], *, weight: int, needs: frozenset[int]
) -> Candidate | None:
    """Choose whoever has been idle longest of those whom it fits; the lower id breaks ties."""
    able = [each for each in candidates if fits(each, weight=weight, needs=needs)]
    return min(able, key=lambda each: (each.idle_since, each.member), default=None)
