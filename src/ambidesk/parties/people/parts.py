"""Parts: the persons that are held for one human being."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from ambidesk.parties.people.models import Person


def parts_of(person: Person) -> tuple[int, ...]:
    """Ids of all persons who are one with this one, themselves included, in order."""
    return parts_of_each([person.pk]).get(person.pk, ())


def parts_of_each(persons: Collection[int]) -> Mapping[int, tuple[int, ...]]:
    """Give for each person all that they are one with, themselves among them, in order."""
    wholes = dict(Person.objects.filter(pk__in=persons).values_list("pk", "whole"))
    members: dict[int, list[int]] = defaultdict(list)
    every = Person.objects.filter(whole__in=set(wholes.values())).order_by("pk")
    for person, whole in every.values_list("pk", "whole"):
        members[whole].append(person)
    return {person: tuple(members[whole]) for person, whole in wholes.items()}
