"""
Assets: what is serviced, one by one; whose it is and where it stands.

`token` is the random word of its label; whoever has it learns no more than that it is a label.
"""

from datetime import date

from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.branches import Visible
from ambidesk.parties.companies.models import Company, Site
from ambidesk.service.assets.models.kinds import AssetModel


class Criticality(models.IntegerChoices):
    """How much depends on it."""

    LOW = 1, _("Low")
    NORMAL = 2, _("Normal")
    HIGH = 3, _("High")
    CRITICAL = 4, _("Critical")


class Warranty(models.TextChoices):
    """Whether somebody else still answers for it."""

    NONE = "none", _("Not known")
    VALID = "valid", _("Under warranty")
    OVER = "over", _("Warranty is over")


class AssetQuerySet(Visible["Asset"]):
    """Assets, the latest registered first."""

    def in_service(self) -> "AssetQuerySet":
        """Those that were not taken out."""
        return self.filter(retired_on=None)

    def latest_first(self) -> "AssetQuerySet":
        """In the order of lists."""
        return self.order_by("-pk")


class Asset(models.Model):
    """One serviced thing; what it is part of is its parent."""

    model = models.ForeignKey(
        AssetModel, on_delete=models.PROTECT, related_name="assets", db_index=False
    )
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="assets", db_index=False
    )
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="assets")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    serial = models.CharField(_("Serial number"), max_length=80)
    place = models.CharField(_("Place of installation"), max_length=200, blank=True)
    note = models.CharField(_("Note"), max_length=1000, blank=True)
    criticality = models.PositiveSmallIntegerField(
        _("Criticality"), choices=Criticality.choices, default=Criticality.NORMAL
    )
    installed_on = models.DateField(_("Installed"), null=True)
    # Since when we would have heard of its failures.
    known_since = models.DateField()
    retired_on = models.DateField(null=True)
    warranty_until = models.DateField(_("Warranty until"), null=True)
    custom = models.JSONField(default=dict)
    token = models.CharField(max_length=43, unique=True)
    registered_at = models.DateTimeField()

    objects = AssetQuerySet.as_manager()

    class Meta:
        """A model has each serial number once; nothing is part of itself."""

        indexes = [
            models.Index(fields=["company", "-id"], name="asset_of_company"),
            models.Index(fields=["model", "-id"], name="asset_of_model"),
            models.Index(Upper("serial"), name="asset_serial"),
        ]
        constraints = [
            models.UniqueConstraint("model", Lower("serial"), name="asset_serial_of_model"),
            models.UniqueConstraint(fields=["id", "company"], name="asset_of_a_company"),
            models.CheckConstraint(condition=~models.Q(serial=""), name="asset_has_a_serial"),
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("pk")),
                name="asset_not_part_of_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(retired_on=None)
                | models.Q(retired_on__gte=models.F("known_since")),
                name="asset_retired_after_it_was_known",
            ),
            models.CheckConstraint(
                condition=models.Q(criticality__in=Criticality.values),
                name="asset_has_a_criticality",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.serial}"

    def warranty(self, on: date) -> Warranty:
        """Say whether the warranty holds on the day; its last day counts."""
        if self.warranty_until is None:
            return Warranty.NONE
        return Warranty.VALID if on <= self.warranty_until else Warranty.OVER
