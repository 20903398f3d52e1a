"""What was deferred for which period."""

from django.db import models


class ScheduledRun(models.Model):
    """One run of a periodic job."""

    name = models.CharField(max_length=128)
    due_at = models.DateTimeField()

    class Meta:
        """Each job once for each period."""

        constraints = [
            models.UniqueConstraint(fields=["name", "due_at"], name="scheduled_run_once"),
        ]
