"""Meeting: finding or registering the persons behind addresses, one or a flood at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.events import PersonMet
from ambidesk.parties.people.hearing import hear
from ambidesk.parties.people.models import Identity, IdentityKind, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who stands at the door: a normalised address and the name they gave."""

    kind: IdentityKind
    value: str
    name: str = ""
    display: str = ""
    language: str = ""
    # Whoever brings them vouches that the address is theirs.
    is_verified: bool = False


def meet(caller: Caller, *, by: Actor, at: datetime) -> Identity:
    """Find the identity of the address, or register a new person with it."""
    return meet_many([caller], by=by, at=at)[caller.kind, caller.value]


def meet_unknown(words: str, *, at: datetime) -> Person:
    """
    Register somebody who gave neither a name nor an address; `words` stand where the name would.

    Each is somebody of their own. Nobody is told of them: they are not compared with others, and
    searching persons does not find them.
    """
    return Person.objects.create(name=words[:200], first_at=at)


@transaction.atomic(savepoint=False)
def meet_many(
    callers: Iterable[Caller], *, by: Actor, at: datetime
) -> Mapping[tuple[str, str], Identity]:
    """
    Find or register the identities of all callers, keyed by (kind, value).

    Two transactions that meet the same new address at once end with one person: the unique index
    decides, and the loser takes the winner's row.
    """
    wanted = {(caller.kind.value, caller.value): caller for caller in callers}
    found = _known(wanted)
    missing = [caller for key, caller in sorted(wanted.items()) if key not in found]
    if missing:
        found |= _register(missing, by=by, at=at)
    hear([(found[key], caller.name) for key, caller in wanted.items()], by=by, at=at)
    return found


def _known(wanted: Mapping[tuple[str, str], Caller]) -> dict[tuple[str, str], Identity]:
    rows: dict[tuple[str, str], Identity] = {}
    for kind in {kind for kind, _value in wanted}:
        values = [value for each, value in wanted if each == kind]
        found = Identity.objects.of(IdentityKind(kind), values).select_related("person")
        rows |= {(row.kind, row.value): row for row in found.order_by("-pk")}
    return rows


def _register(callers: list[Caller], *, by: Actor, at: datetime) -> dict[tuple[str, str], Identity]:
    persons = Person.objects.bulk_create(
        [Person(name=c.name[:200], language=c.language, first_at=at) for c in callers]
    )
    Identity.objects.bulk_create(
        [
            Identity(
                person=person,
                kind=caller.kind,
                value=caller.value,
                display=(caller.display or caller.value)[:320],
                name=caller.name[:200],
                first_at=at,
                verified_at=at if caller.is_verified else None,
            )
            for person, caller in zip(persons, callers, strict=True)
        ],
        ignore_conflicts=True,
    )
    met = _known({(c.kind.value, c.value): c for c in callers})
    ours = {identity.person_id for identity in met.values()}
    lost = [person.pk for person in persons if person.pk not in ours]
    if lost:
        Person.objects.filter(pk__in=lost).delete()
    journal.record_many([PersonMet(person_id=p.pk) for p in persons if p.pk in ours], by=by, at=at)
    return met
