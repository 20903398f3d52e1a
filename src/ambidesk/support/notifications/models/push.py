"""Push: browsers that may be told, what is on its way to them, and the key that we sign with."""

from django.conf import settings
from django.db import models

from ambidesk.support.notifications.models.notice import Notice


class PushKey(models.Model):
    """The one key pair of this desk, its private half sealed. Source: RFC 8292 2."""

    sealed = models.TextField()
    public = models.CharField(max_length=100)
    made_at = models.DateTimeField()


class PushEndpoint(models.Model):
    """A browser of a user. Source: W3C Push API 8, RFC 8291 3.1 and 3.2."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_endpoints"
    )
    url = models.CharField(max_length=1000, unique=True)
    public_key = models.CharField(max_length=100)
    auth = models.CharField(max_length=50)
    made_at = models.DateTimeField()


class PushMessage(models.Model):
    """A notice on its way to a browser; due, leased, tried."""

    endpoint = models.ForeignKey(
        PushEndpoint, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="push_messages")
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        """A browser is told once of a notice."""

        constraints = [models.UniqueConstraint(fields=["endpoint", "notice"], name="push_once")]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at=None, given_up_at=None),
                name="push_due",
            )
        ]
