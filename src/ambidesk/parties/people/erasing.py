"""Erasing: the contact data of a person go, the row and its ids stay."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.events import PersonErased
from ambidesk.parties.people.housing import dissolve_if_alone
from ambidesk.parties.people.models import (
    HeardName,
    Housemate,
    Identity,
    Person,
    Resemblance,
    Trace,
    Verdict,
)


@transaction.atomic
def erase(person: Person, *, by: Actor, at: datetime) -> None:
    """Blank name, remark and addresses; safe to repeat, as after a restore."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    HeardName.objects.filter(identity__person=person).delete()
    Trace.objects.filter(person=person).delete()
    theirs = Resemblance.objects.filter(Q(one=person) | Q(other=person), verdict=Verdict.OPEN)
    theirs.delete()
    Identity.objects.filter(person=person).update(
        value="", display="", name="", verified_at=None, erased_at=at
    )
    for mate in Housemate.objects.filter(person=person).select_related("household"):
        mate.delete()
        dissolve_if_alone(mate.household)
    Person.objects.filter(pk=person.pk).update(name="", remark="", language="", erased_at=at)
    journal.record(PersonErased(person_id=person.pk), by=by, at=at)
