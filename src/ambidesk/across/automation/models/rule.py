"""Rules: a place in the order, a switch, and versions that never change."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Rule(models.Model):
    """
    One rule; `version` is the number of the one that holds, `on_since` says since when it acts.

    Whatever fell due up to `swept_at` was looked at, where the rule goes by time.
    """

    name = models.CharField(_("Name"), max_length=80)
    place = models.PositiveIntegerField(_("Order"))
    version = models.PositiveIntegerField(default=1)
    on_since = models.DateTimeField(null=True)
    swept_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A name is used once; what is archived does not act."""

        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="rule_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="rule_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(on_since=None) | models.Q(archived_at=None),
                name="archived_rule_is_off",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_on(self) -> bool:
        """Whether it acts."""
        return self.on_since is not None

    @property
    def current(self) -> "RuleVersion":
        """The version that holds."""
        return self.versions.get(number=self.version)


class RuleVersion(models.Model):
    """What a rule said; `said` is read by `saying`. A trigger of the database keeps it."""

    rule = models.ForeignKey(
        Rule, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    number = models.PositiveIntegerField()
    said = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        """Versions are counted from 1."""

        ordering = ["rule", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="rule_version_once"),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="rule_version_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.number}"
