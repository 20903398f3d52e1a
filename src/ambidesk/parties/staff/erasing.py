"""Erasing: how others called somebody who worked here, and why they were away."""

from ambidesk.parties.people.models import Person
from ambidesk.parties.staff.models import Absence, AbsenceKind, Provision, Subject


def erase_provision(person: Person) -> None:
    """Forget the names and ids that others gave."""
    Subject.objects.filter(member__person=person).delete()
    Provision.objects.filter(member__person=person).delete()


def erase_absences(person: Person) -> None:
    """Forget why somebody was away; that they were stays, for whoever stood in."""
    rows = Absence.objects.filter(member__person=person)
    rows.update(kind=AbsenceKind.OTHER, note="")
