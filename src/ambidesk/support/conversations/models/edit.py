"""Edits: what somebody made of their words later; the message itself stays as it was."""

from django.db import models

from ambidesk.support.conversations.models.message import Message


class Edit(models.Model):
    """One later wording of a message, as its sender's messenger told it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="edits")
    text = models.TextField(blank=True)
    edited_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    intake_id = models.BigIntegerField(null=True)

    class Meta:
        """What comes twice is one edit."""

        ordering = ["edited_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "edited_at"], name="edit_once"),
        ]
