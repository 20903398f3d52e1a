"""
Repairs: what broke, why, and what was done, in the words of codes; what all of it cost.

Source: ISO 14224:2016, annex B: failure mode, failure mechanism and cause, maintenance activity.
"""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ambidesk.service.assets.models.asset import Asset
from ambidesk.service.assets.models.kinds import AssetClass


class CodeKind(models.TextChoices):
    """What a code says."""

    MODE = "mode", _("Failure mode")
    CAUSE = "cause", _("Cause")
    REMEDY = "remedy", _("Remedy")


class FailureCode(models.Model):
    """One word of the catalogue of failures; without a class it is for all of them."""

    kind = models.CharField(max_length=6, choices=CodeKind.choices)
    code = models.CharField(_("Code"), max_length=20)
    name = models.CharField(_("Name"), max_length=120)
    asset_class = models.ForeignKey(
        AssetClass, on_delete=models.PROTECT, null=True, related_name="codes"
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A code of a kind is there once for a class."""

        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(
                "kind",
                "asset_class",
                Lower("code"),
                nulls_distinct=False,
                name="failure_code_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Repair(models.Model):
    """
    One piece of work on an asset; `is_failure` says that it had failed, at `failed_at`.

    `cost` is the sum of the facts that were put down for it, or what another system said with
    `labour_minutes`; `key` makes twice once.
    """

    asset = models.ForeignKey(
        Asset, on_delete=models.CASCADE, related_name="repairs", db_index=False
    )
    is_failure = models.BooleanField()
    failed_at = models.DateTimeField()
    repaired_at = models.DateTimeField(null=True)
    mode = models.ForeignKey(FailureCode, on_delete=models.PROTECT, null=True, related_name="+")
    cause = models.ForeignKey(FailureCode, on_delete=models.PROTECT, null=True, related_name="+")
    remedy = models.ForeignKey(FailureCode, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("What was done"), max_length=1000, blank=True)
    cost = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    currency = models.CharField(max_length=3, blank=True)
    labour_minutes = models.PositiveIntegerField(null=True)
    key = models.UUIDField(unique=True)

    class Meta:
        """The latest first; nothing is repaired before it failed."""

        ordering = ["-failed_at", "-pk"]
        indexes = [models.Index(fields=["asset", "-failed_at"], name="repair_of_asset")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(repaired_at=None)
                | models.Q(repaired_at__gte=models.F("failed_at")),
                name="repaired_after_it_failed",
            ),
            models.CheckConstraint(
                condition=models.Q(cost=0) | ~models.Q(currency=""),
                name="repair_cost_has_a_currency",
            ),
        ]
