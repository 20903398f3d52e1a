"""Arrivals: which ticket or person of a source is which here, so that nothing comes twice."""

from django.db import models

from ambidesk.parties.people.models import Person
from ambidesk.support.tickets.models import Ticket


class ImportedTicket(models.Model):
    """A ticket of a source; `digest` is the print of the first `rows` rows, which are in."""

    source = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    ticket = models.OneToOneField(Ticket, on_delete=models.PROTECT, related_name="import_of")
    rows = models.IntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        """Once a source and key."""

        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="imported_ticket_once"),
        ]


class ImportedPerson(models.Model):
    """A person that a source only names; the name itself is not kept, but its print."""

    source = models.CharField(max_length=80)
    print = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        """Once a source and name."""

        constraints = [
            models.UniqueConstraint(fields=["source", "print"], name="imported_person_once"),
        ]
