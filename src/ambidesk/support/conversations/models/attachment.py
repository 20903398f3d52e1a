"""Attachments: a blob under the name its sender gave; the name is only ever shown."""

from django.db import models

from ambidesk.ground.files.models import Blob
from ambidesk.ground.reach.branches import Visible
from ambidesk.support.conversations.models.message import Message


class AttachmentQuerySet(Visible["Attachment"]):
    """Attachments, seen by those who see their message."""


class Attachment(models.Model):
    """One file of a message; `key` is random and names it in addresses."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="attachments")
    key = models.CharField(max_length=43, unique=True)
    name = models.CharField(max_length=255, blank=True)
    content_id = models.CharField(max_length=255, blank=True)
    inline = models.BooleanField(default=False)

    objects = AttachmentQuerySet.as_manager()
