"""The ledger of erasures: who was erased when, replayed after a restore of an older backup."""

from django.db import models

from ambidesk.parties.people.models import Person


class Erasure(models.Model):
    """One person erased; the ledger is also kept beside the backups, ids only."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="erasures")
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        """A person is erased once."""

        constraints = [models.UniqueConstraint(fields=["person"], name="erasure_once")]
