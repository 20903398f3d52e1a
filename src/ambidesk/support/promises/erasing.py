"""Erasing: why somebody excused what broke of a person's tickets goes; part of one verb."""

from ambidesk.parties.people.models import Person
from ambidesk.service.charges.models import Excusal


def erase_excuses(person: Person) -> None:
    """Blank the words; that it was excused, by whom and when, stays."""
    rows = Excusal.objects.filter(promise__ticket__requester=person)
    rows.exclude(words="").update(words="")
