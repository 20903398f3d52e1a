"""Service calendars; a version is never changed, for what was promised by it stays explicable."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ServiceCalendar(models.Model):
    """A named calendar; its hours are those of its newest version."""

    name = models.CharField(_("Name"), max_length=80, unique=True)
    changed_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def current(self) -> "CalendarVersion":
        """The version that holds now."""
        return self.versions.latest("pk")


class CalendarVersion(models.Model):
    """What a calendar said from some instant on, as `ground.calendars` writes it."""

    calendar = models.ForeignKey(ServiceCalendar, on_delete=models.PROTECT, related_name="versions")
    spec = models.JSONField()
    made_at = models.DateTimeField()
