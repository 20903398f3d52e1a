"""
The vocabulary of a form: what conditions may ask of its answers.

A row is a mapping of the ids of fields to values; what is not answered is unknown.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import NoReturn

from django.db.models import Model

from ambidesk.ground.conditions.fields import (
    Boolean,
    Choice,
    Derived,
    Field,
    Instant,
    Number,
    Option,
    Reference,
    References,
    Text,
)
from ambidesk.ground.conditions.vocabularies import Vocabulary
from ambidesk.ground.fields.rules.spec import CHOSEN, NUMBERS, Kind, Spec
from ambidesk.ground.fields.rules.values import Value
from ambidesk.ground.reach.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen(References):
    """Several choices, read from the answers."""

    key: int

    def members_of(self, row: object) -> frozenset[int]:
        """Read the ids that were chosen."""
        found = _answer(row, self.key)
        return frozenset(found) if isinstance(found, tuple) else frozenset()


def vocabulary_of(specs: Iterable[Spec]) -> Vocabulary:
    """Make the vocabulary of the questions of a form; who was chosen asks for nothing further."""
    asked = (each for each in specs if each.kind is not Kind.PERSON)
    return Vocabulary(name="form", fields=tuple(_field(each) for each in asked))


def asked_as(spec: Spec, *, label: str, derived: Derived, language: str = "en") -> Field:
    """Make the field as which conditions ask of it, read by `derived`; not of several choices."""
    if spec.kind in NUMBERS:
        whole = spec.kind is Kind.WHOLE
        return Number(name=spec.name, label=label, derived=derived, nullable=True, whole=whole)
    if spec.kind is Kind.TREE:
        return Reference(
            name=spec.name,
            label=label,
            derived=derived,
            nullable=True,
            options=offered(spec, language),
            below=spec.below,
        )
    if spec.kind in CHOSEN:
        options = tuple(_options(spec, language))
        return Choice(name=spec.name, label=label, derived=derived, nullable=True, options=options)
    plain = {Kind.YES: Boolean, Kind.DAY: Instant, Kind.INSTANT: Instant}.get(spec.kind, Text)
    return plain(name=spec.name, label=label, derived=derived, nullable=True)


def offered(spec: Spec, language: str = "en") -> Callable[[Actor], Iterable[Option]]:
    """The choices of a field, whoever asks."""
    return lambda _actor: _options(spec, language)


def _field(spec: Spec) -> Field:
    label = spec.label.said("en")
    if spec.kind is Kind.SEVERAL:
        return _several(spec, label)
    return asked_as(spec, label=label, derived=Derived(sql=_no_sql, read=_reader(spec)))


def _several(spec: Spec, label: str) -> Chosen:
    # No rows stand behind it: what was chosen is read from the answers.
    return Chosen(
        name=spec.name,
        label=label,
        options=offered(spec),
        links=Model,
        row="",
        member="",
        accessor="",
        key=spec.id,
    )


def _options(spec: Spec, language: str) -> list[Option]:
    return [Option(value=each.id, label=each.label.said(language)) for each in spec.options]


def _reader(spec: Spec) -> Callable[[object, datetime], object]:
    def read(row: object, _at: datetime) -> object:
        match _answer(row, spec.id):
            case (only,):
                return only
            case datetime() as instant:
                return instant
            case date() as day:
                # Days are compared as the instants at which they begin in UTC.
                return datetime.combine(day, time(), tzinfo=UTC)
            case found:
                return found

    return read


def _answer(row: object, key: int) -> Value | None:
    return row.get(key) if isinstance(row, Mapping) else None


def _no_sql(_at: datetime) -> NoReturn:
    raise TypeError("answers of a form are no rows of a table")
