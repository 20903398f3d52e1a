"""Erasing: what post somebody had goes; that a company had a contact stays, under no name."""

from ambidesk.parties.companies.models import Contact
from ambidesk.parties.people.models import Person


def erase_contacts(person: Person) -> None:
    """Blank the posts, the birthday and what own fields say of a person."""
    Contact.objects.filter(person=person).update(post="", birthday=None, custom={})
