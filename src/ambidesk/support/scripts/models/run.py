"""Runs: a version walked through on a ticket; a run stays on the version that it began on."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.support.desk.models import Batch
from ambidesk.support.scripts.models.script import Version
from ambidesk.support.tickets.models import Ticket


class RunState(models.TextChoices):
    """How far a run is."""

    RUNNING = "running", _("Under way")
    FINISHED = "finished", _("Finished")
    STOPPED = "stopped", _("Stopped")


class Run(models.Model):
    """One run: it stands at the step `at_step` after `position` passed ones."""

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="script_runs", db_index=False
    )
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="runs", db_index=False
    )
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.RUNNING)
    at_step = models.PositiveIntegerField()
    position = models.PositiveIntegerField(default=0)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One script at a time on a ticket."""

        indexes = [
            models.Index(fields=["ticket", "-id"], name="script_run_of_ticket"),
            models.Index(fields=["version", "state"], name="script_run_of_version"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"],
                condition=models.Q(state="running"),
                name="one_script_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state="running", ended_at=None)
                | (~models.Q(state="running") & models.Q(ended_at__isnull=False)),
                name="ended_script_run_says_when",
            ),
        ]


class Passage(models.Model):
    """
    A step that was passed, with its answer; those at or past the run's position were gone back.

    `batch` is what its actions did; `answer` is read by `rules.answers`.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="passages", db_index=False)
    position = models.PositiveIntegerField()
    step = models.PositiveIntegerField()
    answer = models.JSONField(null=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        """One step at a place."""

        ordering = ["run", "position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="script_passage_once"),
        ]
