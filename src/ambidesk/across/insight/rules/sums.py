"""
Sums: alike facts of one day become one cell; times are kept by how long they are, in steps of a
tenth, so that medians of any period are read from sums.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from math import ceil, log

from ambidesk.across.insight.rules.facts import APART, TIMES, Fact, FactKind, Place

STEP = 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What facts have in common that are summed; `bucket` is a step of time, or the score."""

    day: date
    kind: FactKind
    place: Place
    bucket: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """How many facts, how many of them flagged, and the sum of their values."""

    number: int = 0
    flagged: int = 0
    total: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(
            number=self.number + other.number,
            flagged=self.flagged + other.flagged,
            total=self.total + other.total,
        )

    def __neg__(self) -> "Sum":
        return Sum(number=-self.number, flagged=-self.flagged, total=-self.total)

    def __bool__(self) -> bool:
        return bool(self.number or self.flagged or self.total)


def summed(facts: Iterable[Fact], *, zone: tzinfo) -> dict[Cell, Sum]:
    """Sum facts by their cells, those apart left out; days are those of the zone."""
    found: dict[Cell, Sum] = {}
    for fact in facts:
        if fact.kind in APART:
            continue
        cell = cell_of(fact, zone=zone)
        found[cell] = found.get(cell, Sum()) + Sum(
            number=1, flagged=int(fact.flag), total=fact.value
        )
    return found


def difference(old: Mapping[Cell, Sum], new: Mapping[Cell, Sum]) -> dict[Cell, Sum]:
    """What has to be added to each cell to get from the old sums to the new ones."""
    cells = {**dict.fromkeys(old), **dict.fromkeys(new)}
    changes = {cell: new.get(cell, Sum()) + -old.get(cell, Sum()) for cell in cells}
    return {cell: change for cell, change in changes.items() if change}


def cell_of(fact: Fact, *, zone: tzinfo) -> Cell:
    """The cell that a fact is summed in."""
    bucket = bucket_of(fact.value) if fact.kind in TIMES else fact.value
    day = fact.at.astimezone(zone).date()
    return Cell(day=day, kind=fact.kind, place=fact.place, bucket=bucket)


def bucket_of(seconds: int) -> int:
    """The step that a time belongs to: 0 for less than a second, then each a tenth longer."""
    if seconds < 1:
        return 0
    return 1 + int(log(seconds) / log(STEP) + 1e-9)


def within(bucket: int, share: float) -> float:
    """A time in a step, in seconds, so far between its ends; at most a tenth from each in it."""
    return 0.0 if bucket == 0 else float(STEP ** (bucket - 1 + share))


def quantile(numbers: Mapping[int, int], share: float) -> float | None:
    """
    The time that the given share of times, in (0, 1], does not exceed; None of none.

    Times of one step are taken as spread evenly over it.
    """
    whole = sum(numbers.values())
    if whole <= 0:
        return None
    rank = ceil(share * whole)
    passed = 0
    for bucket, number in sorted(Counter(numbers).items()):
        if passed + number >= rank:
            return within(bucket, (rank - passed - 0.5) / number)
        passed += number
    return None
