"""Stages in a contract: how long one may take, of what a line or the contract covers."""

from django.db import models

from ambidesk.service.contracts.models.contract import Version
from ambidesk.service.contracts.models.line import CLAUSE, Line
from ambidesk.service.sla.models import ServiceCalendar
from ambidesk.service.workflow.models import Process


class StagePromise(models.Model):
    """
    So much working time for each stay in a stage; what it does not name it holds for whatever.

    Without a calendar it counts by that of the contract's promise; `waits` stands still while the
    ticket waits for others.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="stage_promises")
    clause = models.CharField(max_length=CLAUSE)
    line = models.ForeignKey(
        Line, on_delete=models.CASCADE, null=True, related_name="stage_promises"
    )
    process = models.ForeignKey(Process, on_delete=models.PROTECT, null=True, related_name="+")
    stage = models.PositiveIntegerField(null=True)
    work_minutes = models.PositiveIntegerField()
    warning_minutes = models.PositiveIntegerField(null=True)
    waits = models.BooleanField(default=False)
    calendar = models.ForeignKey(
        ServiceCalendar, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        """A stage is one of a process; nothing is warned of before it began."""

        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage=None) | models.Q(process__isnull=False),
                name="promised_stage_is_of_a_process",
            ),
            models.CheckConstraint(
                condition=models.Q(work_minutes__gt=0), name="promised_stage_takes_time"
            ),
            models.CheckConstraint(
                condition=models.Q(warning_minutes=None)
                | models.Q(warning_minutes__lt=models.F("work_minutes")),
                name="promised_stage_warns_in_time",
            ),
        ]
