"""Erasing: why somebody excused what broke of a person's tickets goes; part of one verb."""

from django.db.models import Q

from ambidesk.parties.people.models import Person
from ambidesk.service.charges.models import Excusal


def erase_excuses(person: Person) -> None:
    """Blank the words; that it was excused, by whom and when, stays."""
    of_stays = Q(promise__stay__run__ticket__requester=person)
    rows = Excusal.objects.filter(Q(promise__ticket__requester=person) | of_stays)
    rows.exclude(words="").update(words="")
