"""Digests: one mail that tells somebody of several notices; its id is fixed before it leaves."""

from django.conf import settings
from django.db import models


class Digest(models.Model):
    """One mail to one user; due, leased, tried, sent."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests"
    )
    external_id = models.CharField(max_length=200, unique=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        """What is due is found at once."""

        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at=None, given_up_at=None),
                name="digest_due",
            )
        ]
