"""Broadcasts: one answer for all tickets of an incident, and to whom it went."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.support.conversations.models import Message
from ambidesk.support.incidents.models.incident import Incident
from ambidesk.support.tickets.models import Ticket


class BroadcastState(models.TextChoices):
    """How a broadcast goes."""

    WAITING = "waiting", _("Can still be taken back")
    SENT = "sent", _("Sent")
    WITHDRAWN = "withdrawn", _("Taken back")
    STOPPED = "stopped", _("Not sent: its author may not do so any more")


class Broadcast(models.Model):
    """Words for all; nothing is said before `due_at`, so taking back is one row."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="broadcasts")
    text = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    solves = models.BooleanField()
    state = models.CharField(
        max_length=9, choices=BroadcastState.choices, default=BroadcastState.WAITING
    )
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        """What is due is found at once."""

        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state="waiting"), name="broadcast_due"
            ),
        ]


class Told(models.Model):
    """A ticket heard a broadcast, or could not: `refusal` names why."""

    broadcast = models.ForeignKey(
        Broadcast, on_delete=models.CASCADE, related_name="told", db_index=False
    )
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    refusal = models.CharField(max_length=60, blank=True)

    class Meta:
        """Each ticket hears it once."""

        constraints = [models.UniqueConstraint(fields=["broadcast", "ticket"], name="told_once")]
