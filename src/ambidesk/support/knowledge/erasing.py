"""Erasing: what a person said of articles goes; part of one verb."""

from ambidesk.parties.people.models import Person
from ambidesk.support.knowledge.models import Opinion


def erase_opinions(person: Person) -> None:
    """Blank the words; that it helped or not stays countable, and is nobody's."""
    Opinion.objects.filter(person=person).update(words="", person=None)
