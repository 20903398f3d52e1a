"""Roles: named sets of rights, and which users hold them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Role(models.Model):
    """A named set of rights; `key` names the ones that the product brings along."""

    key = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("Name"), max_length=80)
    rights = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One role a name, one a key."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="role_name_once"),
            models.UniqueConstraint(
                fields=["key"], condition=~models.Q(key=""), name="role_key_once"
            ),
        ]

    def __str__(self) -> str:
        """The name; of roles that the product brings along in the reader's language."""
        return gettext(self.name) if self.key else self.name


class Grant(models.Model):
    """A user holds a role since an instant."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants"
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="grants")
    since = models.DateTimeField()

    class Meta:
        """A role is held once."""

        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="grant_once"),
        ]
