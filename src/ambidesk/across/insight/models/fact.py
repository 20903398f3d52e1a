"""Facts as rows: what counts for a ticket, so that a figure can open the tickets behind it."""

from django.db import models

from ambidesk.across.insight.rules.facts import About, Fact, FactKind, Place
from ambidesk.ground.reach.branches import Visible
from ambidesk.support.tickets.models import Ticket


class FactQuerySet(Visible["FactRow"]):
    """Facts."""


class FactRow(models.Model):
    """
    One fact of one ticket.

    All ids but the ticket's are plain numbers: facts are made from the journal, which may name
    what is no more. `company` to `category` are what the ticket is about, `stage` is a place as
    stays have it, `currency` is of an amount.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=14)
    at = models.DateTimeField()
    brand = models.BigIntegerField()
    team = models.BigIntegerField(null=True)
    channel = models.BigIntegerField(null=True)
    member = models.BigIntegerField(null=True)
    company = models.BigIntegerField(null=True)
    site = models.BigIntegerField(null=True)
    model = models.BigIntegerField(null=True)
    contract = models.BigIntegerField(null=True)
    category = models.BigIntegerField(null=True)
    stage = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True, default="", db_default="")
    value = models.BigIntegerField()
    flag = models.BooleanField()

    objects = FactQuerySet.as_manager()

    class Meta:
        """Read by kind and time, of all or of one company, site, model or contract."""

        indexes = [
            models.Index(fields=["kind", "at", "ticket"], name="fact_of_time"),
            *(
                models.Index(
                    fields=[name, "at"],
                    condition=models.Q(**{f"{name}__isnull": False}),
                    name=f"fact_of_{name}",
                )
                for name in ("company", "site", "model", "contract")
            ),
        ]

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
            company=fact.about.company,
            site=fact.about.site,
            model=fact.about.model,
            contract=fact.about.contract,
            category=fact.about.category,
            stage=fact.stage,
            currency=fact.currency,
            value=fact.value,
            flag=fact.flag,
        )

    @property
    def fact(self) -> Fact:
        """The fact of the row."""
        place = Place(brand=self.brand, team=self.team, channel=self.channel, member=self.member)
        about = About(
            company=self.company,
            site=self.site,
            model=self.model,
            contract=self.contract,
            category=self.category,
        )
        return Fact(
            kind=FactKind(self.kind),
            at=self.at,
            place=place,
            value=self.value,
            flag=self.flag,
            about=about,
            stage=self.stage,
            currency=self.currency,
        )
