"""Drafts: what somebody is writing on a ticket, kept until it is sent or thrown away."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.models import Blob
from ambidesk.support.tickets.models import Ticket


class DraftKind(models.TextChoices):
    """What it will become."""

    REPLY = "reply", _("Answer")
    NOTE = "note", _("Note")


class Draft(models.Model):
    """One draft a ticket and user."""

    ticket = models.ForeignKey(
        Ticket, on_delete=models.CASCADE, related_name="drafts", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    kind = models.CharField(max_length=5, choices=DraftKind.choices, default=DraftKind.REPLY)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        """One a ticket and user."""

        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="draft_once")]


class DraftFile(models.Model):
    """A file that will leave with the answer."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=43, unique=True)
    name = models.CharField(max_length=255)
