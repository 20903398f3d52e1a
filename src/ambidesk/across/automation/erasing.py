"""Erasing: why rules could not run on a person's tickets may name them; part of one verb."""

from ambidesk.across.automation.models import Run
from ambidesk.parties.people.models import Person


def erase_runs(person: Person) -> None:
    """Blank the refusals; that there were runs, and how they ended, stays countable."""
    Run.objects.filter(ticket__requester=person).update(refusal=None)
