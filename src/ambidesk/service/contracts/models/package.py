"""
Packages bought beforehand, and the ledger of what was drawn from them.

The ledger only grows: a trigger forbids to change or take out an entry; a mistake is given back
by an entry of its own. What a fact draws, it draws once, or anew once that is given back.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.service.contracts.models.contract import Contract
from ambidesk.service.contracts.rules import packages as rules


class PackageUnit(models.TextChoices):
    """What a package is counted in."""

    HOURS = "hours", _("Hours")
    VISITS = "visits", _("Visits")
    UNITS = "units", _("Units")
    POINTS = "points", _("Points")


class PackageEvery(models.TextChoices):
    """How often its amount is granted."""

    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")
    YEAR = "year", _("Every year")
    TERM = "term", _("Once")


class Package(models.Model):
    """One package; an empty end is that of the contract. Once agreed its terms do not change."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="packages")
    name = models.CharField(_("Name"), max_length=80)
    unit = models.CharField(max_length=6, choices=PackageUnit.choices)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    every = models.CharField(max_length=7, choices=PackageEvery.choices)
    carry = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    overdraft = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    starts_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        """A name is used once in a contract; nothing is granted below nothing."""

        ordering = ["contract", "name"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "name"], name="package_name_once"),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0, carry__gte=0, overdraft__gte=0),
                name="package_grants_something",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def terms(self) -> rules.Package:
        """What the arithmetic needs to know; the contract is read with it."""
        ends = [each for each in (self.until_on, self.contract.until_on) if each]
        return rules.Package(
            unit=rules.Unit(self.unit),
            amount=self.amount,
            every=rules.Every(self.every),
            starts=self.starts_on,
            until=min(ends, default=None),
            carry=self.carry,
            overdraft=self.overdraft,
        )


class EntryKind(models.TextChoices):
    """What an entry of the ledger does."""

    DRAWN = "drawn", _("Drawn")
    RETURNED = "returned", _("Given back")
    ADJUSTED = "adjusted", _("Corrected")


class PackageEntry(models.Model):
    """One entry: `drawn` is above nothing where it takes, below where it gives back."""

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="entries")
    on = models.DateField()
    kind = models.CharField(max_length=8, choices=EntryKind.choices)
    drawn = models.DecimalField(max_digits=10, decimal_places=2)
    # The fact that draws: a work log, a visit, a part; by its kind and id.
    source_kind = models.CharField(max_length=30, blank=True)
    source_id = models.PositiveBigIntegerField(null=True)
    # How often the fact drew before and it was given back, since it is covered otherwise.
    again = models.PositiveSmallIntegerField(default=0, db_default=0)
    returns = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="returned_by"
    )
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        """A fact draws once until it is given back, and what was drawn is given back once."""

        ordering = ["package", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "again"],
                condition=models.Q(kind="drawn"),
                name="package_fact_draws_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="drawn", drawn__gte=0, source_id__isnull=False)
                | models.Q(kind="returned", drawn__lte=0, returns__isnull=False)
                | (models.Q(kind="adjusted") & ~models.Q(words="")),
                name="package_entry_says_what_it_is",
            ),
        ]
