"""
Binding: a condition for one asker and one instant, in the few forms that SQL and Python share.

Negative operators become Not, durations instants, `me` ids, and a branch of a tree all of its ids.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias

from ambidesk.ground.conditions.fields import Field, Reference, References
from ambidesk.ground.conditions.letters import fold
from ambidesk.ground.conditions.operators import Kind, Operator, Quantity
from ambidesk.ground.conditions.tree import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    Duration,
    Not,
    Symbol,
    Value,
)
from ambidesk.ground.conditions.vocabularies import Relation, Vocabulary
from ambidesk.ground.reach.actor import SYSTEM, Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks: the ids that each symbol stands for, and when; related rows are those they see."""

    at: datetime
    actor: Actor = SYSTEM
    symbols: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))


class Sign(Enum):
    """Comparisons of what has an order."""

    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


class Part(Enum):
    """Where words are looked for."""

    WHOLE = "whole"
    ANYWHERE = "anywhere"
    START = "start"
    END = "end"


Ordered: TypeAlias = int | Decimal | datetime


@dataclass(frozen=True, slots=True)
class Among:
    """The value is one of these; unknown where there is none."""

    field: Field
    values: frozenset[str | int | bool | Decimal]


@dataclass(frozen=True, slots=True)
class Compared:
    """The value is less or more than another; unknown where there is none."""

    field: Field
    sign: Sign
    value: Ordered


@dataclass(frozen=True, slots=True)
class Worded:
    """The folded words hold the folded text; unknown where there are none."""

    field: Field
    part: Part
    text: str


@dataclass(frozen=True, slots=True)
class Empty:
    """There is no value, or no words; never unknown."""

    field: Field


@dataclass(frozen=True, slots=True)
class Carrying:
    """The row carries this one; without a value, any at all. Never unknown."""

    field: References
    values: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Counting:
    """At least so many rows of a relation fit, of those from `since` to `until`; never unknown."""

    relation: Relation
    least: int
    since: datetime | None
    until: datetime
    where: "Bound | None"
    actor: Actor


Test: TypeAlias = Among | Compared | Worded | Empty | Carrying


@dataclass(frozen=True, slots=True)
class Both:
    """All of them."""

    parts: "tuple[Bound, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    """One of them."""

    parts: "tuple[Bound, ...]"


@dataclass(frozen=True, slots=True)
class Negated:
    """Not this."""

    part: "Bound"


Bound: TypeAlias = Test | Counting | Both | Either | Negated

NEGATIVE = {
    Operator.IS_NOT: Operator.IS,
    Operator.NONE_OF: Operator.ONE_OF,
    Operator.NOT_WITHIN: Operator.WITHIN,
    Operator.LACKS: Operator.CONTAINS,
    Operator.HAS_NONE: Operator.HAS_ANY,
    Operator.FILLED: Operator.EMPTY,
}
WORDED = {
    Operator.IS: Part.WHOLE,
    Operator.CONTAINS: Part.ANYWHERE,
    Operator.STARTS: Part.START,
    Operator.ENDS: Part.END,
}
SIGNS = {
    Operator.MORE: Sign.MORE,
    Operator.AT_LEAST: Sign.AT_LEAST,
    Operator.LESS: Sign.LESS,
    Operator.AT_MOST: Sign.AT_MOST,
    Operator.BEFORE: Sign.LESS,
    Operator.SINCE: Sign.AT_LEAST,
    Operator.OLDER: Sign.LESS,
    Operator.NEWER: Sign.AT_LEAST,
    Operator.SOONER: Sign.AT_MOST,
    Operator.LATER: Sign.MORE,
}
AHEAD = {Operator.SOONER, Operator.LATER}


def bind(condition: Condition, vocabulary: Vocabulary, *, asker: Asker) -> Bound:
    """Bind a condition; fields that are gone since it was saved raise KeyError."""
    match condition:
        case AllOf(parts):
            return Both(tuple(bind(part, vocabulary, asker=asker) for part in parts))
        case AnyOf(parts):
            return Either(tuple(bind(part, vocabulary, asker=asker) for part in parts))
        case Not(part):
            return Negated(bind(part, vocabulary, asker=asker))
        case Comparison():
            return _comparison(condition, vocabulary, asker)
        case Counted():
            return _counted(condition, vocabulary, asker)


def _counted(asked: Counted, vocabulary: Vocabulary, asker: Asker) -> Bound:
    relation = vocabulary.relation(asked.relation)
    if relation is None:
        raise KeyError(asked.relation)
    where = None
    if asked.where is not None:
        where = bind(asked.where, relation.vocabulary(), asker=asker)
    since = asker.at - asked.within.length if asked.within else None

    def least(number: int) -> Counting:
        return Counting(relation, number, since, asker.at, where, asker.actor)

    match asked.quantity:
        case Quantity.AT_LEAST:
            return least(asked.number)
        case Quantity.AT_MOST:
            return Negated(least(asked.number + 1))
    if not asked.number:
        return Negated(least(1))
    return Both((least(asked.number), Negated(least(asked.number + 1))))


def _comparison(asked: Comparison, vocabulary: Vocabulary, asker: Asker) -> Bound:
    found = vocabulary.field(asked.field)
    if found is None:
        raise KeyError(asked.field)
    positive = NEGATIVE.get(asked.operator)
    if positive is not None:
        return Negated(_test(found, positive, asked.value, asker))
    return _test(found, asked.operator, asked.value, asker)


def _test(asked: Field, operator: Operator, value: Value, asker: Asker) -> Bound:
    if isinstance(asked, References):
        return _carrying(asked, operator, value)
    if operator is Operator.EMPTY:
        return Empty(asked)
    if operator in SIGNS:
        return Compared(asked, SIGNS[operator], _ordered(operator, value, asker))
    if asked.kind is Kind.TEXT:
        return Worded(asked, WORDED[operator], fold(str(value)))
    return Among(asked, _members(asked, operator, value, asker))


def _carrying(asked: References, operator: Operator, value: Value) -> Bound:
    if operator is Operator.EMPTY:
        return Negated(Carrying(asked, None))
    ids = [each for each in value if isinstance(each, int)] if isinstance(value, tuple) else []
    if operator is Operator.HAS_ALL:
        return Both(tuple(Carrying(asked, frozenset({each})) for each in ids))
    return Carrying(asked, frozenset(ids))


def _ordered(operator: Operator, value: Value, asker: Asker) -> Ordered:
    match value:
        case Duration():
            span: timedelta = value.length
            return asker.at + span if operator in AHEAD else asker.at - span
        case int() | Decimal() | datetime():
            return value
    raise TypeError(f"{operator} needs an order, not {value!r}")


def _members(
    asked: Field, operator: Operator, value: Value, asker: Asker
) -> frozenset[str | int | bool | Decimal]:
    given = value if isinstance(value, tuple) else (value,)
    found: set[str | int | bool | Decimal] = set()
    for each in given:
        match each:
            case Symbol(name):
                found.update(asker.symbols.get(name, ()))
            case str() | int() | Decimal():
                found.add(each)
    if operator is Operator.WITHIN and isinstance(asked, Reference) and asked.below:
        ids = frozenset(each for each in found if isinstance(each, int))
        return frozenset(asked.below(ids))
    return frozenset(found)
