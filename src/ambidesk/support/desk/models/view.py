"""Saved views: a condition somebody asks for often, for themselves or shared with a team."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.staff.models import Team


class SavedView(models.Model):
    """One view; `condition` is read by `ground.conditions` with the vocabulary of tickets."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="views", db_index=False
    )
    team = models.ForeignKey(
        Team,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="views",
        verbose_name=_("Shared with team"),
    )
    name = models.CharField(_("Name"), max_length=60)
    icon = models.CharField(_("Icon"), max_length=40, default="list-filter")
    order = models.PositiveSmallIntegerField(_("Place"), default=0)
    condition = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        """A name is used once by an owner."""

        ordering = ["order", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="view_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def slug(self) -> str:
        """The name in addresses."""
        return f"saved-{self.pk}"
