"""
Vocabularies: which fields and relations there are to ask of which kind of rows.

Wiring registers them and lends them what packages above know; a source that reads the database
(fields of an installation's own) is asked anew each time.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from ambidesk.ground.conditions.fields import Field
from ambidesk.ground.conditions.operators import Words
from ambidesk.ground.reach.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """
    Other rows that belong to a row, and can be counted.

    `links` pairs their column with the path from the row, as ("requester", "requester_id");
    `when` is their instant that windows are about. `rows` gives those that the actor may see.
    `through` makes an expression of what the path gives, where that is not yet what their column
    holds: so nothing has to be joined to the row itself.
    Fields that are `lasting` never change in a row; counts by them are as true of the past.
    """

    name: str
    label: Words
    vocabulary: Callable[[], "Vocabulary"]
    rows: Callable[[Actor], QuerySet[Any]]
    links: tuple[tuple[str, str], ...]
    when: str = ""
    through: Callable[[object], object] | None = None
    lasting: frozenset[str] = frozenset()


Source = Callable[[], Iterable[Field | Relation]]


class Vocabulary:
    """The fields and relations of one kind of rows: its own first, then those of its sources."""

    def __init__(
        self, *, name: str, fields: Iterable[Field], relations: Iterable[Relation] = ()
    ) -> None:
        self.name = name
        self._fields = tuple(fields)
        self._relations = tuple(relations)
        self._sources: list[Source] = []

    def extend(self, source: Source) -> None:
        """Let a source add to what can be asked; twice is once."""
        if source not in self._sources:
            self._sources.append(source)

    @property
    def own(self) -> tuple[Field, ...]:
        """The fields that are always there: no source is asked."""
        return self._fields

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields."""
        return (*self._fields, *(each for each in self._lent() if isinstance(each, Field)))

    @property
    def relations(self) -> tuple[Relation, ...]:
        """All relations."""
        return (*self._relations, *(each for each in self._lent() if isinstance(each, Relation)))

    def field(self, name: str) -> Field | None:
        """Find a field; a source is asked only for what stands in none before it."""
        every = chain(self._fields, self._lent())
        found = (each for each in every if isinstance(each, Field) and each.name == name)
        return next(found, None)

    def relation(self, name: str) -> Relation | None:
        """Find a relation."""
        return next((each for each in self.relations if each.name == name), None)

    def _lent(self) -> Iterator[Field | Relation]:
        for source in self._sources:
            yield from source()


_vocabularies: dict[str, Vocabulary] = {}


def register(vocabulary: Vocabulary) -> None:
    """Add a vocabulary; a second one of its name takes its place."""
    names = [field.name for field in vocabulary.own]
    if twice := {name for name in names if names.count(name) > 1}:
        raise TypeError(f"{vocabulary.name}: two fields are named {min(twice)}")
    _vocabularies[vocabulary.name] = vocabulary


def registered(name: str) -> Vocabulary | None:
    """Find a vocabulary by its name."""
    return _vocabularies.get(name)
