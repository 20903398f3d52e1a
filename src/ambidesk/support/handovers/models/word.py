"""Words: what we and the contractor say to each other about a handover; nobody else reads them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.models import Blob
from ambidesk.ground.reach.branches import Visible
from ambidesk.support.conversations.models import Message
from ambidesk.support.handovers.models.handover import Handover


class WordKind(models.TextChoices):
    """What was said with it."""

    TASK = "task", _("What is to be done")
    WORD = "word", _("Said")
    REFUSAL = "refusal", _("Refused because")
    RETURN = "return", _("Given back because")
    RESULT = "result", _("Done")
    REWORK = "rework", _("Sent back because")


class Word(models.Model):
    """One thing said."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="words")
    kind = models.CharField(max_length=7, choices=WordKind.choices, default=WordKind.WORD)
    is_ours = models.BooleanField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    # The mail that brought it, or by which it left.
    message = models.OneToOneField(
        Message, on_delete=models.PROTECT, null=True, related_name="handover_word"
    )

    class Meta:
        """In the order in which they were said."""

        ordering = ["pk"]


class HandoverFile(models.Model):
    """A file beside a word."""

    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="files")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=255)

    objects = Visible["HandoverFile"].as_manager()

    class Meta:
        """As they were added."""

        ordering = ["pk"]
