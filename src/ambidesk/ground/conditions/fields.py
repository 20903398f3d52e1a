"""
Fields: what conditions may ask of a row, each readable in SQL and in Python alike.

`path` names the column from the row, as in `requester__name`; what is no column is `derived`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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
    """A value worked out at an instant, the same in SQL and from a row."""

    sql: Callable[[datetime], Combinable]
    read: Callable[[Any, datetime], object]


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
        return reduce(_step, self.path.split("__"), row)


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
    """Other rows that a row carries, by rows of `links` with columns `row` and `member`."""

    options: Callable[[Actor], Iterable[Option]]
    links: type[Model]
    row: str
    member: str
    accessor: str

    kind: ClassVar[Kind] = Kind.REFERENCES

    def members_of(self, row: object) -> frozenset[int]:
        """Read the ids that a row carries."""
        links = getattr(row, self.accessor).all()
        return frozenset(getattr(link, self.member) for link in links)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant(Field):
    """A moment, compared with another one or with the time that has passed."""

    kind: ClassVar[Kind] = Kind.INSTANT


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The fields of one kind of rows."""

    name: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """Find a field."""
        return next((field for field in self.fields if field.name == name), None)


def operators_of(field: Field) -> tuple[Operator, ...]:
    """List what can be asked of a field: emptiness only where it may be, order where there is."""
    every = OPERATORS[field.kind]
    match field:
        case Text() | References():
            return every
        case Choice(ordered=True):
            every = (*every, *ORDER)
        case Reference(below=below) if below is not None:
            every = (*every, *BELOW)
    return every if field.nullable else tuple(op for op in every if op not in PRESENCE)


def options_from(choices: Iterable[tuple[Any, Words]]) -> tuple[Option, ...]:
    """Make options from the choices of a model's column."""
    return tuple(Option(value=value, label=label) for value, label in choices)


def _step(value: object, name: str) -> object:
    return None if value is None else getattr(value, name)
