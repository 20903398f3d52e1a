"""Facts as rows: what counts for a ticket, so that a figure can open the tickets behind it."""

from django.db import models

from ambidesk.across.insight.rules.facts import Fact, FactKind, Place
from ambidesk.ground.reach.branches import Visible
from ambidesk.support.tickets.models import Ticket


class FactQuerySet(Visible["FactRow"]):
    """Facts."""


class FactRow(models.Model):
    """
    One fact of one ticket.

    Ids of brand, team, channel and member are plain numbers: facts are made from the journal, which
    may name what is no more.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=14)
    at = models.DateTimeField()
    brand = models.BigIntegerField()
    team = models.BigIntegerField(null=True)
    channel = models.BigIntegerField(null=True)
    member = models.BigIntegerField(null=True)
    value = models.BigIntegerField()
    flag = models.BooleanField()

    objects = FactQuerySet.as_manager()

    class Meta:
        """Read by kind and time."""

        indexes = [models.Index(fields=["kind", "at", "ticket"], name="fact_of_time")]

    @classmethod
    def of(cls, ticket_id: int, fact: Fact) -> "FactRow":
        """The row of a fact."""
        return cls(
            ticket_id=ticket_id,
            kind=fact.kind.value,
            at=fact.at,
            brand=fact.place.brand,
            team=fact.place.team,
            channel=fact.place.channel,
            member=fact.place.member,
            value=fact.value,
            flag=fact.flag,
        )

    @property
    def fact(self) -> Fact:
        """The fact of the row."""
        place = Place(brand=self.brand, team=self.team, channel=self.channel, member=self.member)
        return Fact(
            kind=FactKind(self.kind), at=self.at, place=place, value=self.value, flag=self.flag
        )
