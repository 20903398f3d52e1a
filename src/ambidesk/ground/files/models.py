"""Blobs: content once, named by its digest; who may read it is decided by what refers to it."""

from django.db import models

from ambidesk.ground.files.content import READABLE


class BlobQuerySet(models.QuerySet["Blob"]):
    """Contents."""

    def unread(self) -> "BlobQuerySet":
        """Those whose words can be read and were not, the oldest first."""
        return self.filter(UNREAD).order_by("pk")


UNREAD = models.Q(read_at=None, removed_at=None, content_type__in=READABLE)


class Blob(models.Model):
    """Content of a file; `content_type` is told from the content, never from the sender."""

    sha256 = models.CharField(max_length=64, unique=True)
    size_bytes = models.BigIntegerField()
    content_type = models.CharField(max_length=120)
    stored_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = BlobQuerySet.as_manager()

    class Meta:
        """A digest is 64 hexadecimal digits."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="blob_digest_is_sha256"
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=UNREAD, name="blob_unread")]


class Words(models.Model):
    """The words that were read in a PDF or office file; gone with its content."""

    blob = models.OneToOneField(
        Blob, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    text = models.TextField()
