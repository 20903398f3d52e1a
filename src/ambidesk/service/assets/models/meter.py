"""Meters of assets and what they showed; a reading is added, never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.models import User
from ambidesk.service.assets.models.asset import Asset


class Meter(models.Model):
    """One counter or gauge of an asset."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="meters")
    name = models.CharField(_("Meter"), max_length=80)
    unit = models.CharField(_("Unit"), max_length=20, blank=True)

    class Meta:
        """An asset has one meter of a name."""

        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["asset", "name"], name="meter_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.unit}" if self.unit else self.name


class Reading(models.Model):
    """What a meter showed; `key` is given by whoever tells it, so that twice is once."""

    meter = models.ForeignKey(
        Meter, on_delete=models.CASCADE, related_name="readings", db_index=False
    )
    at = models.DateTimeField()
    value = models.DecimalField(_("Value"), max_digits=16, decimal_places=3)
    key = models.UUIDField(unique=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """The latest first."""

        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["meter", "-at"], name="reading_of_meter")]
