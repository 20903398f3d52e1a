"""Followings and mentions: which colleagues are told what happens on a ticket."""

from django.conf import settings
from django.db import models

from ambidesk.support.tickets.models.note import Note
from ambidesk.support.tickets.models.ticket import Ticket


class Following(models.Model):
    """A user is told what happens on a ticket."""

    ticket = models.ForeignKey(
        Ticket, on_delete=models.CASCADE, related_name="followings", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followings"
    )
    at = models.DateTimeField()

    class Meta:
        """Once each."""

        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="following_once")]


class Mention(models.Model):
    """A note names a user."""

    note = models.ForeignKey(
        Note, on_delete=models.CASCADE, related_name="mentions", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions"
    )

    class Meta:
        """Once each."""

        constraints = [models.UniqueConstraint(fields=["note", "user"], name="mention_once")]
