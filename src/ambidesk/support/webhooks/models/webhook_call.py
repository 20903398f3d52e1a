"""Calls: one thing told to one webhook; due, leased, tried, received or given up."""

from typing import Literal

from django.db import models

from ambidesk.support.webhooks.models.webhook import Webhook


class WebhookCall(models.Model):
    """
    One call; `external_id` and `body` stay the same however often it is tried.

    `cause` says what it tells of, so that the same thing is told once. `status` is what the last
    answer said, `trouble` why there was none.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="calls")
    external_id = models.CharField(max_length=40, unique=True)
    cause = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    body = models.TextField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    trouble = models.CharField(max_length=40, blank=True)

    class Meta:
        """What is due is found at once; a cause is told a webhook once."""

        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at=None, given_up_at=None),
                name="webhook_call_due",
            ),
            models.Index(fields=["webhook", "-id"], name="webhook_call_latest"),
            models.Index(fields=["made_at"], name="webhook_call_age"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "cause"], name="webhook_cause_once"),
        ]

    @property
    def outcome(self) -> Literal["sent", "given_up", "waiting"]:
        """How it stands."""
        if self.sent_at:
            return "sent"
        return "given_up" if self.given_up_at else "waiting"
