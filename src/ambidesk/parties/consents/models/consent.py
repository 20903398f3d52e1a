"""Consents: what a person said to a purpose on a channel, how that is known, and how it ended."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.consents.models.document import ConsentDocument
from ambidesk.parties.consents.models.purpose import Purpose
from ambidesk.parties.people.models import IdentityKind, Person


class Word(models.TextChoices):
    """What they said."""

    YES = "yes", _("agreed")
    NO = "no", _("objected")


class Proof(models.TextChoices):
    """How it is known; `reference` of the row names the thing."""

    STAFF = "staff", _("noted by a colleague")
    MESSAGE = "message", _("in a message")
    FORM = "form", _("in a form")
    LINK = "link", _("by a link in a mail")
    SURVEY = "survey", _("on the page of a survey")
    API = "api", _("by the interface")


class Consent(models.Model):
    """
    One statement; the one that has not ended holds. `channel` "" is every one.

    `remark` is what a colleague noted of it; it goes when the person is erased, the row stays as
    proof without anybody's name.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    channel = models.CharField(max_length=10, choices=IdentityKind.choices, blank=True)
    word = models.CharField(max_length=3, choices=Word.choices)
    document = models.ForeignKey(
        ConsentDocument, on_delete=models.PROTECT, null=True, related_name="consents"
    )
    proof = models.CharField(max_length=8, choices=Proof.choices)
    reference = models.BigIntegerField(null=True)
    remark = models.CharField(max_length=300, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    said_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One statement holds at a time; an ended one ended after it was made."""

        ordering = ["purpose", "channel", "-said_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "channel"],
                condition=models.Q(ended_at=None),
                name="one_statement_holds",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("said_at")),
                name="statement_ends_after_it_was_made",
            ),
            models.CheckConstraint(
                condition=~models.Q(purpose=Purpose.SERVICE), name="answers_need_no_consent"
            ),
        ]
