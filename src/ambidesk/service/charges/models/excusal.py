"""Excusals: breaches that cost nothing because a person said so, with the reason."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.service.contracts.models import Contract
from ambidesk.service.contracts.models.line import PenalisedKind
from ambidesk.service.sla.models import Promise


class Excusal(models.Model):
    """One breach, by whichever clauses it is counted; counting again leaves it excused."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="excusals")
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="excusals")
    goal = models.CharField(max_length=14, choices=PenalisedKind.choices)
    number = models.PositiveIntegerField()
    words = models.CharField(_("Why"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        """A breach is excused once."""

        ordering = ["contract", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "promise", "goal", "number"], name="breach_excused_once"
            )
        ]
