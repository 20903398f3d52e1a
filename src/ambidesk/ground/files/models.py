"""Blobs: content once, named by its digest; who may read it is decided by what refers to it."""

from django.db import models


class Blob(models.Model):
    """Content of a file; `content_type` is told from the content, never from the sender."""

    sha256 = models.CharField(max_length=64, unique=True)
    size_bytes = models.BigIntegerField()
    content_type = models.CharField(max_length=120)
    stored_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A digest is 64 hexadecimal digits."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="blob_digest_is_sha256"
            ),
        ]
