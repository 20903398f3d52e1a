"""Macros: many actions at once under a name, for a brand, a team, or everybody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team


class Macro(models.Model):
    """One macro; `steps` is read by `desk.steps`."""

    name = models.CharField(_("Name"), max_length=80)
    brand = models.ForeignKey(
        Brand, on_delete=models.PROTECT, null=True, blank=True, related_name="macros"
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="macros"
    )
    steps = models.JSONField()
    used_times = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A name is used once."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="macro_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="macro_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
