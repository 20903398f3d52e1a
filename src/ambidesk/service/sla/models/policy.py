"""Policies: what is promised to whom; a version of the targets is never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.service.sla.models.calendar import ServiceCalendar


class Policy(models.Model):
    """
    One policy; of those whose condition holds the one with the lowest place is taken.

    The condition is about whatever holds promises, and read by it.
    """

    name = models.CharField(_("Name"), max_length=80, unique=True)
    place = models.PositiveSmallIntegerField(_("Order"), default=10)
    condition = models.JSONField(null=True)
    calendar = models.ForeignKey(ServiceCalendar, on_delete=models.PROTECT, related_name="policies")
    changed_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def current(self) -> "PolicyVersion":
        """The version that holds now."""
        return self.versions.latest("pk")


class PolicyVersion(models.Model):
    """The targets of a policy from some instant on."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    targets = models.JSONField()
    made_at = models.DateTimeField()
