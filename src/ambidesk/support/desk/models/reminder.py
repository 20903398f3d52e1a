"""Reminders: somebody wants a ticket brought to mind at a time; the ticket itself goes on."""

from django.conf import settings
from django.db import models

from ambidesk.support.tickets.models import Ticket


class Reminder(models.Model):
    """One follow-up for one user; `words` say what is to be done."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="reminders")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    words = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        """What is due, and what a user still has to do, is found at once."""

        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(told_at=None, done_at=None),
                name="reminder_due",
            ),
            models.Index(
                fields=["user", "due_at"],
                condition=models.Q(done_at=None),
                name="reminder_of_user",
            ),
        ]
