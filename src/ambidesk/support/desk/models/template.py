"""Templates: answers that are given often, for a brand, a team, or everybody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team


class Template(models.Model):
    """One answer; `text` may name variables from the allow-list as {{requester.name}}."""

    name = models.CharField(_("Name"), max_length=80)
    text = models.TextField(_("Text"), max_length=10_000)
    language = models.CharField(max_length=2, blank=True)
    brand = models.ForeignKey(
        Brand, on_delete=models.PROTECT, null=True, blank=True, related_name="templates"
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="templates"
    )
    used_times = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A name is used once in a language."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "language"], name="template_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
