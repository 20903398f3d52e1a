"""Whom an approval was asked of, and the links by which they may answer."""

from django.db import models

from ambidesk.parties.companies.models import Contact
from ambidesk.support.approvals.models.approval import Approval
from ambidesk.support.conversations.models import Message


class Asked(models.Model):
    """A contact who was asked, with the others of the same step."""

    approval = models.ForeignKey(
        Approval, on_delete=models.CASCADE, related_name="asked", db_index=False
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="asked")
    step = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()

    class Meta:
        """Nobody is asked twice."""

        ordering = ["approval", "step", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["approval", "contact"], name="contact_asked_once")
        ]


class Link(models.Model):
    """
    The link in a mail to somebody asked; it decides once, until it expires.

    Its token is made of `nonce` and the desk's secret key, and only its hash is kept; so with the
    code that proves that whoever holds the link reads the mailbox now.
    """

    asked = models.OneToOneField(Asked, on_delete=models.CASCADE, related_name="link")
    message = models.OneToOneField(
        Message, on_delete=models.PROTECT, null=True, related_name="approval_link"
    )
    nonce = models.CharField(max_length=22)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_nonce = models.CharField(max_length=22, blank=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    code_message = models.OneToOneField(
        Message, on_delete=models.PROTECT, null=True, related_name="approval_code"
    )
