"""Describing: what the desk knows of a person, and further addresses."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.events import IdentityAdded, PersonDescribed
from ambidesk.parties.people.models import Identity, IdentityKind, Person
from ambidesk.parties.people.normalising import normal


class AlreadyErased(Refusal):
    """The person asked to be forgotten."""

    sentence = _("This person was erased and stays so.")


class BelongsToAnother(Refusal):
    """The address is another person's."""

    sentence = _("%(value)s already belongs to another person.")


@transaction.atomic
def describe(person: Person, *, name: str, remark: str, by: Actor, at: datetime) -> None:
    """
    Set name and remark of a person.

    Raises:
        AlreadyErased: the person was erased.
    """
    person = locked(person)
    Person.objects.filter(pk=person.pk).update(name=name[:200], remark=remark[:4000])
    journal.record(PersonDescribed(person_id=person.pk), by=by, at=at)


@transaction.atomic
def add_identity(
    person: Person, kind: IdentityKind, *, value: str, name: str = "", by: Actor, at: datetime
) -> Identity:
    """
    Add an address to a person; an address they have already is returned as it is.

    Raises:
        AlreadyErased: the person was erased.
        BelongsToAnother: somebody else has the address.
        NotAnAddress: the value is no address of this kind.
    """
    person = locked(person)
    value_normal = normal(kind, value)
    found = Identity.objects.of(kind, [value_normal]).filter(shared=False).first()
    if found and found.person_id != person.pk:
        raise BelongsToAnother(value=value_normal)
    if found:
        return found
    identity = Identity.objects.create(
        person=person,
        kind=kind,
        value=value_normal,
        display=value.strip()[:320],
        name=name[:200],
        first_at=at,
    )
    journal.record(IdentityAdded(person_id=person.pk, identity_id=identity.pk), by=by, at=at)
    return identity


def locked(person: Person) -> Person:
    """
    Lock the person's row.

    Raises:
        AlreadyErased: the person was erased.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.erased_at:
        raise AlreadyErased
    return person
