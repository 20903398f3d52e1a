"""What happened to persons."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event
from ambidesk.parties.people.models import Basis, Verdict


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsJoined(Event):
    """Two persons are held for one from now on."""

    kind: ClassVar[str] = "people.joined"
    subject: ClassVar[tuple[str, str]] = ("person", "person_id")

    person_id: int
    other_id: int
    join_id: int
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsParted(Event):
    """A join was undone."""

    kind: ClassVar[str] = "people.parted"
    subject: ClassVar[tuple[str, str]] = ("person", "person_id")

    person_id: int
    other_id: int
    join_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsJudged(Event):
    """A colleague said that two persons are two, or took that back."""

    kind: ClassVar[str] = "people.judged"
    subject: ClassVar[tuple[str, str]] = ("person", "person_id")

    person_id: int
    other_id: int
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityShared(Event):
    """So many write from an address that it is nobody's own."""

    kind: ClassVar[str] = "people.identity_shared"
    subject: ClassVar[tuple[str, str]] = ("person", "person_id")

    person_id: int
    identity_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdChanged(Event):
    """A person came into a household or left it, or it is called otherwise."""

    kind: ClassVar[str] = "people.household_changed"
    subject: ClassVar[tuple[str, str]] = ("person", "person_id")

    person_id: int
    household_id: int
