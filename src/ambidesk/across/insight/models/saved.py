"""Saved reports: what somebody asks for often, for themselves or shared with a team."""

from django.conf import settings
from django.db import models

from ambidesk.ground.reach.branches import Visible
from ambidesk.parties.staff.models import Team


class SavedReport(models.Model):
    """One report; `asked` is what stands behind the question mark of its address."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reports", db_index=False
    )
    team = models.ForeignKey(
        Team, on_delete=models.CASCADE, null=True, blank=True, related_name="reports"
    )
    name = models.CharField(max_length=80)
    asked = models.TextField()
    made_at = models.DateTimeField()

    objects = Visible["SavedReport"].as_manager()

    class Meta:
        """A name is used once by an owner."""

        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="report_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="report_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
