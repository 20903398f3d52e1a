"""Answers: who decided, when, through what, and who wrote it down."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.ground.files.models import Blob
from ambidesk.parties.companies.models import Contact
from ambidesk.service.approvals.rules.deciding import Source
from ambidesk.support.approvals.models.approval import Approval


class NotedFrom(models.TextChoices):
    """Where a colleague has an answer from."""

    PHONE = "phone", pgettext_lazy("source of an answer", "By phone")
    LETTER = "letter", pgettext_lazy("source of an answer", "By mail or letter")
    MEETING = "meeting", pgettext_lazy("source of an answer", "In person")


class Answer(models.Model):
    """
    One answer of one contact to one content; a file may show what was noted.

    Where the contact is a login that several people share, `speaker` is who of them decided.
    """

    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="answer")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    speaker = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    yes = models.BooleanField()
    words = models.TextField(_("Words"), blank=True, max_length=2000)
    content = models.CharField(max_length=64)
    source = models.CharField(max_length=6, choices=Source.choices)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    noted_from = models.CharField(max_length=7, choices=NotedFrom.choices, blank=True)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="answers")
    file_name = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField()

    class Meta:
        """What is noted says by whom and from what."""

        constraints = [
            models.CheckConstraint(
                condition=Q(source=Source.NOTED, noted_by__isnull=False) & ~Q(noted_from="")
                | ~Q(source=Source.NOTED) & Q(noted_by=None, noted_from="", blob=None),
                name="noted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(speaker=None) | Q(source=Source.PORTAL),
                name="answer_spoken_where_one_signs_in",
            ),
            models.CheckConstraint(
                condition=Q(source__in=Source.values), name="answer_has_a_source"
            ),
        ]
