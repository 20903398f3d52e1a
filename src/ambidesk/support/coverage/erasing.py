"""Erasing: why somebody decided otherwise about a person's tickets goes; part of one verb."""

from ambidesk.parties.people.models import Person
from ambidesk.service.contracts.models import Decision


def erase_reasons(person: Person) -> None:
    """Blank the words; that it was decided otherwise, by whom and when, stays."""
    rows = Decision.objects.filter(coverage__ticket__requester=person)
    rows.exclude(words="").update(words="")
