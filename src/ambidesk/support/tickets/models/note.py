"""Notes: internal remarks on a ticket with their files, never seen outside."""

from django.conf import settings
from django.db import models

from ambidesk.ground.files.models import Blob
from ambidesk.ground.reach.branches import Visible
from ambidesk.support.tickets.models.ticket import Ticket


class Note(models.Model):
    """One remark."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    text = models.TextField()
    at = models.DateTimeField()


class NoteFileQuerySet(Visible["NoteFile"]):
    """Files of notes, seen by staff who see the ticket."""


class NoteFile(models.Model):
    """One file of a note; `key` is random and names it in addresses."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="files")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=43, unique=True)
    name = models.CharField(max_length=255, blank=True)

    objects = NoteFileQuerySet.as_manager()
