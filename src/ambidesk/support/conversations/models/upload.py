"""Uploads: files that a program brought and has not said anything with yet."""

from django.db import models

from ambidesk.ground.files.models import Blob
from ambidesk.ground.reach.models import ApiKey


class Upload(models.Model):
    """One file of the key that brought it; `key` is random and names it."""

    holder = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="uploads")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=43, unique=True)
    name = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField()

    class Meta:
        """Old ones are swept."""

        indexes = [models.Index(fields=["at"], name="upload_by_age")]
