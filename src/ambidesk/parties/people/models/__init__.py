"""Persons and their identities."""

from ambidesk.parties.people.models.identity import Identity, IdentityKind, IdentityQuerySet
from ambidesk.parties.people.models.person import Person, PersonQuerySet

__all__ = ["Identity", "IdentityKind", "IdentityQuerySet", "Person", "PersonQuerySet"]
