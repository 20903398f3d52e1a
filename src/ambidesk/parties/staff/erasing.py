"""Erasing: how directories and providers called somebody who worked here."""

from ambidesk.parties.people.models import Person
from ambidesk.parties.staff.models import Provision, Subject


def erase_provision(person: Person) -> None:
    """Forget the names and ids that others gave."""
    Subject.objects.filter(member__person=person).delete()
    Provision.objects.filter(member__person=person).delete()
