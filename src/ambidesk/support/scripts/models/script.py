"""Scripts: a draft that is written, and versions that were published and never change."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team


class Script(models.Model):
    """
    One script; `draft` is read by `rules.reading`, whole or not yet.

    `proposed_when` is a condition on tickets; without one it is begun by hand only.
    """

    name = models.CharField(_("Name"), max_length=80)
    brand = models.ForeignKey(
        Brand, on_delete=models.PROTECT, null=True, blank=True, related_name="scripts"
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="scripts"
    )
    draft = models.JSONField()
    proposed_when = models.JSONField(null=True, blank=True)
    published = models.PositiveIntegerField(null=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A name is used once."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="script_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="script_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def current(self) -> "Version | None":
        """The version on which runs begin now."""
        return self.versions.filter(number=self.published or 0).first()


class Version(models.Model):
    """What was published; a trigger of the database keeps it from being changed."""

    script = models.ForeignKey(
        Script, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    number = models.PositiveIntegerField()
    flow = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        """Versions are counted from 1."""

        ordering = ["script", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["script", "number"], name="script_version_once"),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="script_version_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.script} {self.number}"
