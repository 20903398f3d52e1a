"""Requesters: the persons behind tickets of another system, met by address, else by name."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ambidesk.across.importing.models import ImportedPerson
from ambidesk.across.importing.rules.histories import History
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.meeting import Caller, meet_many
from ambidesk.parties.people.models import Identity, IdentityKind, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Requester:
    """Who asked; without an address nobody can be answered."""

    person: Person
    identity: Identity | None = None


def requesters(
    histories: Sequence[History], *, source: str, by: Actor, at: datetime
) -> dict[str, Requester]:
    """Find or register whoever asked, by the keys of the histories."""
    callers = {each.key: caller for each in histories if (caller := _caller(each))}
    met = meet_many(callers.values(), by=by, at=at)
    found = {
        key: Requester(identity=identity, person=identity.person)
        for key, caller in callers.items()
        for identity in [met[caller.kind, caller.value]]
    }
    nameless = {each.key: each.first("requester") for each in histories if each.key not in found}
    persons = _by_name(set(nameless.values()), source=source, at=at)
    return found | {key: Requester(person=persons[name]) for key, name in nameless.items()}


def forget(person: Person) -> None:
    """Erase under which names of other systems a person came in."""
    ImportedPerson.objects.filter(person=person).delete()


def print_of(source: str, name: str) -> str:
    """Give the print of a name: it tells the same name again, and is none."""
    return hashlib.sha256(f"{source}\x00{name}".encode()).hexdigest()


def _caller(history: History) -> Caller | None:
    for kind, name in ((IdentityKind.EMAIL, "email"), (IdentityKind.PHONE, "phone")):
        if value := history.first(name):
            return Caller(
                kind=kind,
                value=value,
                name=history.first("requester"),
            )
    return None


def _by_name(names: set[str], *, source: str, at: datetime) -> dict[str, Person]:
    prints = {print_of(source, name): name for name in names}
    rows = ImportedPerson.objects.filter(source=source, print__in=prints).select_related("person")
    found = {prints[row.print]: row.person for row in rows}
    fresh = sorted(names - set(found))
    made = Person.objects.bulk_create([Person(name=name[:200], first_at=at) for name in fresh])
    ImportedPerson.objects.bulk_create(
        [
            ImportedPerson(source=source, print=print_of(source, name), person=person)
            for name, person in zip(fresh, made, strict=True)
        ]
    )
    return found | dict(zip(fresh, made, strict=True))
