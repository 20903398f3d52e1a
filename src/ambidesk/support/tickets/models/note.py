"""Notes: internal remarks on a ticket, never seen outside."""

from django.conf import settings
from django.db import models

from ambidesk.support.tickets.models.ticket import Ticket


class Note(models.Model):
    """One remark."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    text = models.TextField()
    at = models.DateTimeField()
