"""
Swarms: alike tickets of the last hour, and how often each term is usual; nothing here is a text.

Terms are hashes of lexemes: what a person wrote cannot be read from them.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from ambidesk.parties.brands.models import Brand
from ambidesk.support.incidents.models.incident import Incident
from ambidesk.support.tickets.models import Ticket


class Memory(models.Model):
    """How many texts of a brand are remembered, fading since `at`."""

    brand = models.OneToOneField(Brand, on_delete=models.CASCADE, primary_key=True)
    total = models.FloatField(default=0.0)
    at = models.DateTimeField()


class Term(models.Model):
    """In how many texts of a brand a term stood, fading since `at`."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+", db_index=False)
    term = models.BigIntegerField()
    seen = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        """One row a term."""

        constraints = [models.UniqueConstraint(fields=["brand", "term"], name="term_once")]


class Swarm(models.Model):
    """Alike tickets: `centre` is the mean of their weights by term, `keys` the heaviest terms."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+", db_index=False)
    centre = models.JSONField()
    keys = ArrayField(models.BigIntegerField())
    number = models.PositiveIntegerField()
    last_at = models.DateTimeField()
    incident = models.ForeignKey(
        Incident, on_delete=models.SET_NULL, null=True, related_name="swarms"
    )

    class Meta:
        """Found by a term that it shares with a text."""

        indexes = [
            GinIndex(fields=["keys"], name="swarm_keys"),
            models.Index(fields=["last_at"], name="swarm_last"),
        ]


class Echo(models.Model):
    """A ticket is one of a swarm; `terms` are its heaviest."""

    ticket = models.OneToOneField(
        Ticket, on_delete=models.CASCADE, primary_key=True, related_name="echo"
    )
    swarm = models.ForeignKey(
        Swarm, on_delete=models.CASCADE, related_name="echoes", db_index=False
    )
    at = models.DateTimeField()
    terms = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        """Counted by swarm and time; swept by time."""

        indexes = [
            models.Index(fields=["swarm", "at"], name="echo_of_swarm"),
            models.Index(fields=["at"], name="echo_at"),
        ]
