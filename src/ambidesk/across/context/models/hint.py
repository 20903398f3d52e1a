"""Hints: which words stand on a card when its circumstances are such."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.across.context.rules.hints import Look


class LookKind(models.TextChoices):
    """How much a hint matters, in words."""

    INFO = Look.INFO.value, _("For information")
    WARNING = Look.WARNING.value, _("Mind this")
    ALARM = Look.ALARM.value, _("Before anything else")


class Hint(models.Model):
    """One rule; its condition is JSON of the vocabulary `context`."""

    name = models.CharField(_("Name"), max_length=80)
    condition = models.JSONField()
    words = models.CharField(_("What it says"), max_length=200)
    look = models.CharField(max_length=7, choices=LookKind.choices, default=LookKind.WARNING)
    place = models.PositiveSmallIntegerField(_("Order"), default=10)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One rule a name; the first in order are read first."""

        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["name"], name="hint_name_once")]

    def __str__(self) -> str:
        return self.name
