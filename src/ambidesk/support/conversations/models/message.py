"""
Messages: one utterance each, in one thread, never edited.

What a stranger wrote is kept as it came and sanitised when shown; only erasure blanks it.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.branches import Visible
from ambidesk.parties.companies.models import Contact
from ambidesk.parties.people.models import Identity
from ambidesk.support.conversations.models.thread import Thread


class Direction(models.TextChoices):
    """Whether they spoke or we did."""

    INBOUND = "in", _("Inbound")
    OUTBOUND = "out", _("Outbound")


class MessageKind(models.TextChoices):
    """What sort of utterance it is."""

    MAIL = "mail", _("Message")
    AUTO_REPLY = "auto_reply", _("Automatic reply")
    BOUNCE = "bounce", _("Delivery report")
    ABUSE_REPORT = "abuse_report", _("Abuse report")
    LIST = "list", _("Mailing list")
    INVITATION = "invitation", _("Invitation")
    CALL = "call", _("Call")
    FORWARD = "forward", _("Forwarded")


class MessageQuerySet(Visible["Message"]):
    """Messages."""

    def inbound(self) -> "MessageQuerySet":
        """What they said."""
        return self.filter(direction=Direction.INBOUND)


class Message(models.Model):
    """
    One utterance.

    `text` is all of its words, `new_text` what is new in it without quote and signature, `html` the
    markup as it came. `envelope` is parsed by `conversations.envelope`; `choices` are the buttons
    that stand under it, where its channel can show any. Where its sender is a login that several
    people share, `speaker` or, if nobody knows them, `speaker_name` is who of them said it.
    """

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    kind = models.CharField(max_length=12, choices=MessageKind.choices, default=MessageKind.MAIL)
    sender = models.ForeignKey(
        Identity, on_delete=models.PROTECT, null=True, related_name="messages"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    speaker = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    speaker_name = models.CharField(max_length=120, blank=True, default="", db_default="")
    sender_verified = models.BooleanField(default=False)
    automatic = models.BooleanField(default=False)
    external_id = models.CharField(max_length=998, blank=True)
    in_reply_to = models.CharField(max_length=998, blank=True)
    references = ArrayField(models.CharField(max_length=998), default=list)
    envelope = models.JSONField(default=dict)
    subject = models.CharField(max_length=998, blank=True)
    text = models.TextField(blank=True)
    new_text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    intake_id = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    choices = models.JSONField(default=list, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        """Somebody spoke: an identity for what came in, a user or a rule for what went out."""

        indexes = [
            models.Index(
                fields=["external_id"],
                condition=~models.Q(external_id=""),
                name="message_external_id",
            ),
            # What somebody said through the login of others is theirs: taken out and erased too.
            models.Index(
                fields=["speaker"],
                condition=models.Q(speaker__isnull=False),
                name="message_of_speaker",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at=None)
                | models.Q(text="", html="", new_text="", subject=""),
                name="erased_message_has_no_words",
            ),
        ]

    @property
    def spoken_by(self) -> str:
        """Who spoke through a login that several people share; of nobody else anything."""
        return self.speaker.person.called if self.speaker else self.speaker_name
