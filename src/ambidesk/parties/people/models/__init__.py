"""Persons, their identities and households, joins of persons and what they are found by."""

from ambidesk.parties.people.models.household import Household, Housemate
from ambidesk.parties.people.models.identity import Identity, IdentityKind, IdentityQuerySet
from ambidesk.parties.people.models.join import Basis, Join, JoinQuerySet
from ambidesk.parties.people.models.person import Person, PersonQuerySet
from ambidesk.parties.people.models.resemblance import Resemblance, ResemblanceQuerySet, Verdict
from ambidesk.parties.people.models.trace import HeardName, Trace

__all__ = [
    "Basis",
    "HeardName",
    "Household",
    "Housemate",
    "Identity",
    "IdentityKind",
    "IdentityQuerySet",
    "Join",
    "JoinQuerySet",
    "Person",
    "PersonQuerySet",
    "Resemblance",
    "ResemblanceQuerySet",
    "Trace",
    "Verdict",
]
