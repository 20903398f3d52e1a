"""What happened to persons."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMet(Event):
    """A person was registered."""

    kind: ClassVar[str] = "people.met"
    subject: ClassVar[tuple[str, str]] = ("person", "person_id")

    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDescribed(Event):
    """Name, language or remark of a person was set."""

    kind: ClassVar[str] = "people.described"
    subject: ClassVar[tuple[str, str]] = ("person", "person_id")

    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityAdded(Event):
    """A person got a further address."""

    kind: ClassVar[str] = "people.identity_added"
    subject: ClassVar[tuple[str, str]] = ("person", "person_id")

    person_id: int
    identity_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityMoved(Event):
    """An address that had been another person's proved to be this one's."""

    kind: ClassVar[str] = "people.identity_moved"
    subject: ClassVar[tuple[str, str]] = ("person", "person_id")

    person_id: int
    identity_id: int
    before_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityVerified(Event):
    """An address proved to be its person's."""

    kind: ClassVar[str] = "people.identity_verified"
    subject: ClassVar[tuple[str, str]] = ("person", "person_id")

    person_id: int
    identity_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonErased(Event):
    """Everything that names the person is gone."""

    kind: ClassVar[str] = "people.erased"
    subject: ClassVar[tuple[str, str]] = ("person", "person_id")

    person_id: int
