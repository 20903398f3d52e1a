"""
Runs: a version gone through; a run stays on the version that it began on, unless converted.

What runs has the foreign key to its run. A stay is a token: where it is still is where it stands.
"""

from django.conf import settings
from django.db import models

from ambidesk.parties.staff.models import Team
from ambidesk.service.sla.models import CalendarVersion, Promise
from ambidesk.service.workflow.models.process import ProcessVersion
from ambidesk.service.workflow.rules.standing import Standing, Token

# A stage by one number, whatever the process: stages are counted to ten thousand.
PLACES = 100_000


class Run(models.Model):
    """One way through a process; `returns` counts the moves that were rework."""

    version = models.ForeignKey(ProcessVersion, on_delete=models.PROTECT, related_name="runs")
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    returns = models.PositiveSmallIntegerField(default=0)

    @property
    def is_over(self) -> bool:
        """It came to an end."""
        return self.ended_at is not None


class Stay(models.Model):
    """
    One time in a stage; at a join it may wait for other branches, having come from a stage.

    A deadline is promised by `promise` and counts by `calendar`, none being round the clock.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="stays", db_index=False)
    version = models.ForeignKey(
        ProcessVersion, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stage = models.PositiveIntegerField()
    # The process and the stage in one number, for lists.
    place = models.BigIntegerField()
    waits_from = models.PositiveIntegerField(null=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    promise = models.OneToOneField(
        Promise, on_delete=models.PROTECT, null=True, related_name="stay"
    )
    calendar = models.ForeignKey(
        CalendarVersion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        """One token at a stage."""

        ordering = ["run", "pk"]
        indexes = [
            models.Index(fields=["run", "id"], name="stay_of_run"),
            models.Index(
                fields=["place", "entered_at"],
                condition=models.Q(left_at=None),
                name="stay_standing",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "stage", "waits_from"],
                condition=models.Q(left_at=None),
                nulls_distinct=False,
                name="one_token_at_a_stage",
            ),
            models.CheckConstraint(
                condition=models.Q(left_at=None) | models.Q(left_at__gte=models.F("entered_at")),
                name="stay_ends_after_it_began",
            ),
        ]

    @property
    def token(self) -> Token:
        """What stands here."""
        return Token(stage=self.stage, waits_from=self.waits_from)


class Tick(models.Model):
    """A line of a stage's checklist that was done during a stay."""

    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="ticks", db_index=False)
    item = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        """Once is enough."""

        ordering = ["stay", "item"]
        constraints = [models.UniqueConstraint(fields=["stay", "item"], name="tick_once")]


def standing_of(run: Run) -> Standing:
    """Read where a run stands."""
    rows = run.stays.filter(left_at=None).order_by("pk")
    return Standing(tokens=tuple(row.token for row in rows))
