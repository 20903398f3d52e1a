"""Webhooks: an address that is called when something of these kinds happened."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.brands.models import Brand


class Webhook(models.Model):
    """
    One address with its secret; the secret before it is good until `former_until`.

    `rests_until`: it did not answer, and nothing is sent to it until then.
    """

    name = models.CharField(_("Name"), max_length=80)
    url = models.CharField(_("Address"), max_length=1000)
    kinds = ArrayField(models.CharField(max_length=60), default=list)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, null=True, related_name="+")
    secret = models.TextField()
    former_secret = models.TextField(blank=True)
    former_until = models.DateTimeField(null=True)
    enabled = models.BooleanField(default=True)
    failures = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)

    class Meta:
        """One webhook a name."""

        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name"], name="webhook_name_once")]

    def __str__(self) -> str:
        return self.name
