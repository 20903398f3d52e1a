"""
Housing: persons are put into a household by hand, and taken out; nobody is joined by it.

Whoever stands alone in one after the others left is in none any more.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.describing import AlreadyErased
from ambidesk.parties.people.events import HouseholdChanged
from ambidesk.parties.people.models import Household, Housemate, Person

MOST = 30


class NoHousehold(Refusal):
    """There is nothing to change."""

    sentence = _("This person is in no household.")


class NameIt(InvalidInput):
    """A household is called something."""

    sentence = _("Name the household, by its family for example.")


class Themselves(InvalidInput):
    """One human being is no household with themselves."""

    sentence = _("This is the same person. Choose another one.")


class InAnother(InvalidInput):
    """A person is in one household at a time."""

    sentence = _("%(name)s is in the household “%(household)s”. Take them out of it first.")


class TooMany(InvalidInput):
    """More than live together."""

    sentence = _("A household has at most %(most)s persons.")


@transaction.atomic
def house(person: Person, other: Person, *, name: str = "", by: Actor, at: datetime) -> Household:
    """
    Put another person into the household of a person, who founds one where there is none.

    Raises:
        AlreadyErased: one of the two asked to be forgotten.
        Themselves: both are one human being.
        NameIt: a new household has no name.
        InAnother: the other person is in another household.
        TooMany: it has as many as one may have.
    """
    rows = Person.objects.select_for_update().filter(pk__in=[person.pk, other.pk])
    both = {row.pk: row for row in rows.order_by("pk")}
    if any(row.erased_at for row in both.values()):
        raise AlreadyErased
    if both[person.pk].whole == both[other.pk].whole:
        raise Themselves(field="who")
    household = household_of(person) or _founded(person, name=name, at=at)
    theirs = household_of(other)
    if theirs is not None and theirs.pk != household.pk:
        raise InAnother(field="who", name=other.called or f"#{other.pk}", household=theirs.name)
    if theirs is None:
        if household.housemates.count() >= MOST:
            raise TooMany(field="who", most=MOST)
        Housemate.objects.create(household=household, person=other, since=at)
    _tell(household, both, by=by, at=at)
    return household


@transaction.atomic
def rename_household(household: Household, *, name: str, by: Actor, at: datetime) -> Household:
    """
    Call a household otherwise.

    Raises:
        NameIt: it would be called nothing.
    """
    row = Household.objects.select_for_update().get(pk=household.pk)
    row.name = one_line(name, 120)
    if not row.name:
        raise NameIt(field="name")
    row.save(update_fields=["name"])
    _tell(row, row.housemates.values_list("person", flat=True), by=by, at=at)
    return row


@transaction.atomic
def move_out(person: Person, *, by: Actor, at: datetime) -> None:
    """
    Take a person out of their household; whoever would stay alone in it is in none either.

    Raises:
        NoHousehold: they are in none.
    """
    rows = Housemate.objects.select_for_update().filter(person__whole=person.whole)
    mine = list(rows.order_by("pk"))
    if not mine:
        raise NoHousehold
    for row in mine:
        row.delete()
        household = Household.objects.select_for_update().get(pk=row.household_id)
        _tell(household, [row.person_id], by=by, at=at)
        dissolve_if_alone(household)


def dissolve_if_alone(household: Household) -> None:
    """End a household in which fewer than two human beings are left."""
    left = household.housemates.values("person__whole").distinct().count()
    if left < 2:
        household.delete()


def household_of(person: Person) -> Household | None:
    """The household of a human being, whichever of their parts is in it."""
    rows = Household.objects.filter(housemates__person__whole=person.whole)
    return rows.order_by("housemates__pk").first()


def housemates_of(person: Person) -> QuerySet[Person]:
    """The others of their household."""
    mine = Housemate.objects.filter(person__whole=person.whole).values("household")
    rows = Person.objects.known().filter(housemate__household__in=mine)
    return rows.exclude(whole=person.whole).select_related("head").order_by("pk")


def _founded(person: Person, *, name: str, at: datetime) -> Household:
    called = one_line(name, 120)
    if not called:
        raise NameIt(field="name")
    household = Household.objects.create(name=called, since=at)
    Housemate.objects.create(household=household, person=person, since=at)
    return household


def _tell(household: Household, persons: Iterable[int], *, by: Actor, at: datetime) -> None:
    for person in sorted(persons):
        told = HouseholdChanged(person_id=person, household_id=household.pk)
        journal.record(told, by=by, at=at)
