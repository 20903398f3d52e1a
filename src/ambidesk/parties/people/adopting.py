"""Adopting: an account that proved whose it is joins that person; messages stay as they are."""

from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.describing import locked
from ambidesk.parties.people.events import IdentityAdded, IdentityMoved, IdentityVerified
from ambidesk.parties.people.meeting import Caller
from ambidesk.parties.people.models import Identity, Person


@transaction.atomic
def adopt(person: Person, caller: Caller, *, by: Actor, at: datetime) -> Identity:
    """
    Give a person an address that has proved itself, also when somebody else was known by it.

    Raises:
        AlreadyErased: the person was erased.
    """
    person = locked(person)
    known = Identity.objects.select_for_update().of(caller.kind, [caller.value])
    found = known.filter(shared=False).first()
    if found is None:
        identity = Identity.objects.create(
            person=person,
            kind=caller.kind,
            value=caller.value,
            display=(caller.display or caller.value)[:320],
            name=caller.name[:200],
            verified_at=at,
            first_at=at,
        )
        event = IdentityAdded(person_id=person.pk, identity_id=identity.pk)
        journal.record(event, by=by, at=at)
        return identity
    _move(found, person, by=by, at=at)
    verify(found, by=by, at=at)
    return found


@transaction.atomic
def give_back(identity: Identity, person: Person, *, by: Actor, at: datetime) -> Identity:
    """
    Give an address back to the person who had it before.

    Raises:
        AlreadyErased: that person was erased.
    """
    person = locked(person)
    identity = Identity.objects.select_for_update(of=("self",)).get(pk=identity.pk)
    _move(identity, person, by=by, at=at)
    return identity


def _move(identity: Identity, person: Person, *, by: Actor, at: datetime) -> None:
    if identity.person_id == person.pk:
        return
    before = identity.person_id
    identity.person = person
    identity.save(update_fields=["person"])
    moved = IdentityMoved(person_id=person.pk, identity_id=identity.pk, before_id=before)
    journal.record(moved, by=by, at=at)


def verify(identity: Identity, *, by: Actor, at: datetime) -> None:
    """Say that an address was proved to be its person's; what was proved before stays so."""
    if Identity.objects.filter(pk=identity.pk, verified_at=None).update(verified_at=at):
        event = IdentityVerified(person_id=identity.person_id, identity_id=identity.pk)
        journal.record(event, by=by, at=at)
