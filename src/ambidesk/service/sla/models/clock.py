"""
Promises and their clocks; whatever is promised something has the foreign key to its promise.

A row is what the fold of the holder's facts gives; `next_at` is when the sweeper looks at it.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.service.sla.models.calendar import CalendarVersion
from ambidesk.service.sla.models.policy import PolicyVersion


class GoalKind(models.TextChoices):
    """What is promised."""

    FIRST_RESPONSE = "first_response", _("First response")
    NEXT_RESPONSE = "next_response", _("Next response")
    RESOLUTION = "resolution", _("Resolution")


class Promise(models.Model):
    """All that is promised about one matter, by the terms that were chosen last; maybe nothing."""

    policy = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    calendar = models.ForeignKey(
        CalendarVersion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    chosen_at = models.DateTimeField()

    class Meta:
        """Terms are a policy and a calendar, or nothing; what changed since is chosen again."""

        indexes = [models.Index(fields=["chosen_at"], name="promise_chosen")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(policy=None, calendar=None)
                | models.Q(policy__isnull=False, calendar__isnull=False),
                name="promise_has_whole_terms",
            )
        ]


class Clock(models.Model):
    """One goal of a promise, the `number`-th time that it is owed."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="clocks")
    goal = models.CharField(max_length=14, choices=GoalKind.choices)
    number = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    is_paused = models.BooleanField(default=False)
    stage = models.CharField(max_length=10)
    work_seconds = models.PositiveBigIntegerField()
    used_seconds = models.PositiveBigIntegerField()
    # The instants of its warnings and, last, of the breach; of these so many are told.
    moments = ArrayField(models.DateTimeField(), default=list)
    told = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)

    class Meta:
        """Only what can still be told stands in the index of the sweeper."""

        constraints = [
            models.UniqueConstraint(fields=["promise", "goal", "number"], name="clock_once")
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(next_at__isnull=False),
                name="clock_next",
            )
        ]
