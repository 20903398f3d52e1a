"""
The tree: comparisons under all, any and not, frozen and comparable.

Relations ("some of its visits ...") and counts become further nodes beside these.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeAlias

from ambidesk.ground.conditions.operators import Operator, Unit


@dataclass(frozen=True, slots=True)
class Duration:
    """So many of a unit, kept as it was said: 24 hours are not shown as one day."""

    amount: int
    unit: Unit

    @property
    def length(self) -> timedelta:
        """The length of time."""
        return timedelta(**{self.unit.value: self.amount})


@dataclass(frozen=True, slots=True)
class Symbol:
    """A value that depends on who asks, such as `me`."""

    name: str


Single: TypeAlias = str | bool | int | Decimal | datetime | Duration | Symbol
Value: TypeAlias = Single | tuple[str | int | Symbol, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One question about one field; `value` is None where the operator needs none."""

    field: str
    operator: Operator
    value: Value = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Each of the parts holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the parts holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold; where it is unknown, so is this."""

    part: "Condition"


Condition: TypeAlias = Comparison | AllOf | AnyOf | Not


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Walk through all comparisons of a condition."""
    match condition:
        case Comparison():
            yield condition
        case Not(part):
            yield from comparisons(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from comparisons(part)
