"""The tree: comparisons and counts under all, any and not, frozen and comparable."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeAlias

from ambidesk.ground.conditions.operators import Operator, Quantity, Unit


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """
    So many rows of a relation fit, `within` the last time if there is one; never unknown.

    Rows for which `where` is unknown do not count.
    """

    relation: str
    quantity: Quantity
    number: int
    within: Duration | None = None
    where: "Condition | None" = None


Condition: TypeAlias = Comparison | Counted | AllOf | AnyOf | Not


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Walk through all comparisons of a condition, those about related rows with them."""
    match condition:
        case Comparison():
            yield condition
        case Counted(where=where):
            if where is not None:
                yield from comparisons(where)
        case Not(part):
            yield from comparisons(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from comparisons(part)


def counts(condition: Condition) -> Iterator[Counted]:
    """Walk through all counts of a condition, those within counts with them."""
    match condition:
        case Counted(where=where):
            yield condition
            if where is not None:
                yield from counts(where)
        case Not(part):
            yield from counts(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from counts(part)
