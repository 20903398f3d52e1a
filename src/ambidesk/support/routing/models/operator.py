"""Operators: who attends, with how much room for work; engagements: what they hold now."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.tickets.models import Ticket


class Status(models.TextChoices):
    """What an operator says of themselves."""

    ONLINE = "online", _("Online")
    BUSY = "busy", _("Busy")
    AWAY = "away", _("Away")
    INVISIBLE = "invisible", _("Invisible")


class AwayBecause(models.TextChoices):
    """Why the desk took somebody for away."""

    IDLE = "idle", _("Touched nothing for a while")
    GONE = "gone", _("Closed the desk")


class Operator(models.Model):
    """
    A member who works from queues.

    `because` says why the desk itself made them away, from `status_before`; `idle_since` is when
    work was last given to them or ended.
    """

    member = models.OneToOneField(
        Member, on_delete=models.CASCADE, primary_key=True, related_name="operator"
    )
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.AWAY)
    status_before = models.CharField(max_length=9, choices=Status.choices, blank=True)
    because = models.CharField(max_length=10, choices=AwayBecause.choices, blank=True)
    since = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField(default=4)
    idle_since = models.DateTimeField()

    class Meta:
        """Only whom the desk made away has something to come back to."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(because="", status_before="")
                | (models.Q(status="away") & ~models.Q(because="") & ~models.Q(status_before="")),
                name="operator_away_by_itself_can_come_back",
            ),
        ]

    @property
    def by_itself(self) -> bool:
        """The desk made them away, not they themselves."""
        return bool(self.because)


class Engagement(models.Model):
    """
    An operator holds a ticket; the row goes when they no longer do, the journal keeps it.

    Without `active_since` it is parked: it waits for somebody else and weighs nothing.
    `active_seconds` is how long it weighed before. What was given by hand is never put back.
    """

    ticket = models.OneToOneField(
        Ticket, on_delete=models.CASCADE, primary_key=True, related_name="engagement"
    )
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="engagements")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+", db_index=False)
    weight = models.PositiveSmallIntegerField()
    keeps = models.BooleanField()
    by_hand = models.BooleanField()
    since = models.DateTimeField()
    active_since = models.DateTimeField(null=True)
    active_seconds = models.PositiveIntegerField(default=0)

    class Meta:
        """What weighs is summed each time that something is taken: it is found by itself."""

        indexes = [
            models.Index(
                fields=["member"],
                condition=models.Q(active_since__isnull=False),
                name="engagement_active",
            )
        ]

    @property
    def parked(self) -> bool:
        """It waits for somebody else."""
        return self.active_since is None

    def held_seconds(self, at: datetime) -> int:
        """How long it has weighed so far."""
        running = (at - self.active_since).total_seconds() if self.active_since else 0.0
        return self.active_seconds + max(int(running), 0)
