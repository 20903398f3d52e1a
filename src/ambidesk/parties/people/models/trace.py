"""Traces: by what a person may be found among all others, as numbers that tell nobody anything."""

from django.db import models

from ambidesk.parties.people.models.identity import Identity
from ambidesk.parties.people.models.person import Person


class Trace(models.Model):
    """One key of a person; `key` is a digest, equal for all who may be one."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="traces", db_index=False
    )
    key = models.BigIntegerField()

    class Meta:
        """Each key once a person; the index that finds covers the answer."""

        constraints = [
            models.UniqueConstraint(fields=["key", "person"], name="trace_once"),
        ]
        indexes = [models.Index(fields=["person"], name="traces_of_person")]


class HeardName(models.Model):
    """A further name under which somebody wrote from an address: many make it a shared box."""

    identity = models.ForeignKey(
        Identity, on_delete=models.CASCADE, related_name="heard_names", db_index=False
    )
    name = models.CharField(max_length=200)
    first_at = models.DateTimeField()

    class Meta:
        """Each name once an address."""

        constraints = [
            models.UniqueConstraint(fields=["identity", "name"], name="heard_name_once"),
        ]
