"""Hours: what came to a team in one hour and how long it took; all that a forecast reads."""

from django.db import models

from ambidesk.parties.staff.models import Team


class Hour(models.Model):
    """Sums over the hour that begins at `starts_at`; seconds are whole."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="hours", db_index=False)
    starts_at = models.DateTimeField()
    arrived = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    waited_seconds = models.BigIntegerField(default=0)
    released = models.PositiveIntegerField(default=0)
    held_seconds = models.BigIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)

    class Meta:
        """One row a team and hour."""

        constraints = [
            models.UniqueConstraint(fields=["team", "starts_at"], name="hour_of_team_once")
        ]
