"""Escalations: a ticket went to the next line of support, or came back, and why."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.tickets.models.ticket import Ticket


class EscalationKind(models.TextChoices):
    """Which way it went."""

    ESCALATED = "escalated", _("Escalated")
    RETURNED = "returned", _("Returned")


class Escalation(models.Model):
    """One step from line to line; `tried` is what was done before it went up."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="escalations")
    kind = models.CharField(max_length=9, choices=EscalationKind.choices)
    from_line = models.PositiveSmallIntegerField()
    to_line = models.PositiveSmallIntegerField()
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    from_assignee = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField()
    tried = models.TextField(blank=True)
    at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)

    class Meta:
        """Up is up and back is down."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="escalated", to_line__gt=models.F("from_line"))
                | models.Q(kind="returned", to_line__lt=models.F("from_line")),
                name="escalation_goes_its_way",
            )
        ]
