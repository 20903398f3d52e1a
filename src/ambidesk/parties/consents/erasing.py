"""Erasing: what was noted of a statement goes; that it was made stays, under no name."""

from ambidesk.parties.consents.models import Consent
from ambidesk.parties.people.models import Person


def erase_consents(person: Person) -> None:
    """Blank the remarks of a person's statements."""
    Consent.objects.filter(person=person).update(remark="")
