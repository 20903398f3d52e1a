"""Erasing: what post somebody had goes; that a company had a contact stays, under no name."""

from ambidesk.parties.companies.models import Contact
from ambidesk.parties.people.models import Person


def erase_contacts(person: Person) -> None:
    """Blank the posts and the birthday of a person."""
    Contact.objects.filter(person=person).update(post="", birthday=None)
