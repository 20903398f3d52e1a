"""
Fields: what conditions may ask of a row, each readable in SQL and in Python alike.

`path` names the column from the row, as in `requester__name`; what is no column is `derived`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from typing import Any, ClassVar

from django.db.models import F, Model
from django.db.models.expressions import Combinable

from ambidesk.ground.conditions.operators import (
    BELOW,
    OPERATORS,
    ORDER,
    PRESENCE,
    Kind,
    Operator,
    Words,
)
from ambidesk.ground.reach.actor import Actor

Key = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One value that can be chosen, and what it is called."""

    value: Key
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """
    A value worked out at an instant, the same in SQL and from a row.

    `among` asks for the rows that have one of some values, where an index knows them.
    """

    sql: Callable[[datetime], Combinable]
    read: Callable[[Any, datetime], object]
    among: Callable[[Sequence[Any]], Combinable] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What all fields have; `nullable` ones can be asked whether they are empty."""

    name: str
    label: Words
    path: str = ""
    derived: Derived | None = None
    nullable: bool = False

    kind: ClassVar[Kind]

    def expression(self, at: datetime) -> Combinable:
        """Give the value in SQL."""
        return self.derived.sql(at) if self.derived else F(self.path)

    def value_of(self, row: object, at: datetime) -> object:
        """Read the value from a row."""
        if self.derived:
            return self.derived.read(row, at)
        return value_at(row, self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Field):
    """Words, compared without regard to case; empty is no words."""

    kind: ClassVar[Kind] = Kind.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Field):
    """A number; `whole` ones are compared with whole ones only."""

    whole: bool = True

    kind: ClassVar[Kind] = Kind.NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class Boolean(Field):
    """Yes or no."""

    kind: ClassVar[Kind] = Kind.BOOLEAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Field):
    """One of a fixed list; `ordered` ones can be compared by their place in it."""

    options: tuple[Option, ...]
    ordered: bool = False

    kind: ClassVar[Kind] = Kind.CHOICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Field):
    """Another row, by its id; `below` gives ids and those that belong to them."""

    options: Callable[[Actor], Iterable[Option]]
    symbols: tuple[Option, ...] = ()
    below: Callable[[frozenset[int]], frozenset[int]] | None = None

    kind: ClassVar[Kind] = Kind.REFERENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class References(Field):
    """
    Other rows that a row carries, by rows of `links` with columns `row` and `member`.

    Of these rows those count whose columns are as `only` says. `accessor` is the path to them.
    """

    options: Callable[[Actor], Iterable[Option]]
    links: type[Model]
    row: str
    member: str
    accessor: str
    only: Mapping[str, object] = field(default_factory=dict)

    kind: ClassVar[Kind] = Kind.REFERENCES

    def members_of(self, row: object) -> frozenset[int]:
        """Read the ids that a row carries."""
        links: Any = value_at(row, self.accessor)
        return frozenset(
            getattr(link, self.member)
            for link in (() if links is None else links.all())
            if all(getattr(link, name) == value for name, value in self.only.items())
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant(Field):
    """A moment, compared with another one or with the time that has passed."""

    kind: ClassVar[Kind] = Kind.INSTANT


def operators_of(asked: Field) -> tuple[Operator, ...]:
    """List what can be asked of a field: emptiness only where it may be, order where there is."""
    every = OPERATORS[asked.kind]
    match asked:
        case Text() | References():
            return every
        case Choice(ordered=True):
            every = (*every, *ORDER)
        case Reference(below=below) if below is not None:
            every = (*every, *BELOW)
    return every if asked.nullable else tuple(op for op in every if op not in PRESENCE)


def options_from(choices: Iterable[tuple[Any, Words]]) -> tuple[Option, ...]:
    """Make options from the choices of a model's column."""
    return tuple(Option(value=value, label=label) for value, label in choices)


def value_at(row: object, path: str) -> object:
    """Walk from a row along a path of columns; nothing has nothing."""
    return reduce(_step, path.split("__"), row)


def _step(value: object, name: str) -> object:
    return None if value is None else getattr(value, name)
