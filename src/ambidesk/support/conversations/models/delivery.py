"""Deliveries: the outbox of messages, one row a recipient, taken by the channel's sender."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.consents.models import Purpose
from ambidesk.parties.people.models import Identity
from ambidesk.support.conversations.models.channel import Channel
from ambidesk.support.conversations.models.message import Message
from ambidesk.support.conversations.models.trouble import Trouble


class DeliveryState(models.TextChoices):
    """How far it got."""

    WAITING = "waiting", _("Not sent yet")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Refused")
    BOUNCED = "bounced", _("Came back")
    WITHDRAWN = "withdrawn", _("Taken back")


class RecipientRole(models.TextChoices):
    """Where a recipient stands on the mail."""

    TO = "to", _("To")
    CC = "cc", _("Copy")


class Delivery(models.Model):
    """
    One message on its way to one recipient; due, leased, tried, told.

    `trouble` says what stood in the way, `status` (RFC 3463) and `last_error` what the server said.
    """

    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="deliveries")
    recipient = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="deliveries")
    role = models.CharField(max_length=2, choices=RecipientRole.choices, default=RecipientRole.TO)
    purpose = models.CharField(
        max_length=12, choices=Purpose.choices, default=Purpose.SERVICE, db_default=Purpose.SERVICE
    )
    reply_token = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=12, blank=True)
    last_error = models.TextField(blank=True)
    failing_since = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        """A recipient gets a message once."""

        constraints = [
            models.UniqueConstraint(fields=["message", "recipient"], name="delivery_once"),
        ]
        indexes = [
            models.Index(
                fields=["channel", "due_at", "id"],
                condition=models.Q(state="waiting"),
                name="delivery_due_in_channel",
            ),
        ]

    @property
    def words(self) -> str:
        """What stands in the way, in words for the reader; "" when nothing does."""
        sentence = str(Trouble(self.trouble).label) if self.trouble else ""
        said = " ".join(part for part in (self.status, self.last_error) if part)
        return f"{sentence} ({said})" if sentence and said else sentence or said
