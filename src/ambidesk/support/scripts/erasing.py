"""Erasing: what was answered in scripts on a person's tickets goes; part of one verb."""

from ambidesk.parties.people.models import Person
from ambidesk.support.scripts.models import Passage


def erase_answers(person: Person) -> None:
    """Blank the answers; that there were steps, and how runs went, stays countable."""
    Passage.objects.filter(run__ticket__requester=person).update(answer=None)
