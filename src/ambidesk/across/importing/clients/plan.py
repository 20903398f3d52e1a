"""Plan: what a file would change, before anything is changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ambidesk.across.importing.clients.cells import Problem, Row

AT_ONCE = 500
Fresh = TypeVar("Fresh")
Changed = TypeVar("Changed")
T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Plan(Generic[Fresh, Changed]):
    """What would be entered and changed; how much is as it should be; what is wrong."""

    rows: int = 0
    new: list[Fresh] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    def take(self, rows: Iterable[Row]) -> None:
        """Count rows that were read, and gather what is wrong with them."""
        for row in rows:
            self.rows += 1
            self.problems += row.problems

    @property
    def held(self) -> int:
        """How many rows stay out."""
        return len({each.line for each in self.problems})


def parts(things: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut into what one transaction takes."""
    for first in range(0, len(things), AT_ONCE):
        yield things[first : first + AT_ONCE]
