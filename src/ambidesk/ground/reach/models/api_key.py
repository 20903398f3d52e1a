"""Keys to the API: what a machine may do, and what it did already; the secret is never kept."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class ApiKey(models.Model):
    """A named key; `prefix` is its public beginning, `digest` the SHA-256 of the whole."""

    name = models.CharField(_("Name"), max_length=80)
    prefix = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=40), default=list)
    # Ids of the brands that it reaches, unless a scope opens all of them.
    brand_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    per_minute = models.PositiveIntegerField(_("Requests a minute"), default=600)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Found by its digest, named by its beginning."""

        constraints = [
            models.UniqueConstraint(fields=["digest"], name="api_key_digest_once"),
            models.UniqueConstraint(fields=["prefix"], name="api_key_prefix_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def opens(self, at: datetime) -> bool:
        """Whether it is neither revoked nor past its time."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)


class Attempt(models.Model):
    """
    A change that a key asked for under an idempotency key of its own, and how it was answered.

    `answer` is null once a person was erased: that it was done is known, its words are not.
    """

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="attempts")
    name = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.BinaryField(null=True)
    headers = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        """Once a key and name; old ones are swept."""

        constraints = [
            models.UniqueConstraint(fields=["key", "name"], name="attempt_once"),
        ]
        indexes = [models.Index(fields=["at"], name="attempt_by_age")]
