"""
Identities: one address of a person on a channel.

A value that is not shared belongs to one person; identities are added and closed, never rewritten.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.branches import Visible
from ambidesk.parties.people.models.person import Person


class IdentityKind(models.TextChoices):
    """The kinds of addresses."""

    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    MESSENGER = "messenger", _("Messenger")
    VISITOR = "visitor", _("Website visitor")


class IdentityQuerySet(Visible["Identity"]):
    """Identities."""

    def of(self, kind: IdentityKind, values: list[str]) -> "IdentityQuerySet":
        """Those with one of the normalised values."""
        return self.filter(kind=kind, value__in=values, erased_at=None)


class Identity(models.Model):
    """One verified or unverified address; `value` is normalised, `display` as it was written."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="identities", db_index=False
    )
    kind = models.CharField(max_length=10, choices=IdentityKind.choices)
    value = models.CharField(max_length=320)
    display = models.CharField(max_length=320, blank=True)
    name = models.CharField(max_length=200, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    shared = models.BooleanField(default=False)
    first_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = IdentityQuerySet.as_manager()

    class Meta:
        """One person an unshared value."""

        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"],
                condition=models.Q(shared=False, erased_at=None),
                name="unshared_identity_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(value="") | models.Q(erased_at__isnull=False),
                name="identity_has_a_value",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="identity_of_person"),
            # Shared ones too, which the unique index leaves out: every address that writes is met.
            models.Index(
                fields=["kind", "value"],
                condition=models.Q(erased_at=None),
                name="identity_by_value",
            ),
        ]
