"""Notices: somebody is told that something happened to a subject; never a word of a customer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.support.notifications.models.digest import Digest


class NoticeKind(models.TextChoices):
    """What somebody is told of."""

    MENTION = "mention", _("I am mentioned in a note")
    ASSIGNED = "assigned", _("A colleague gives me a ticket")
    REPLY = "reply", _("The requester writes on a ticket of mine or one that I follow")
    FOLLOWED = "followed", _("A colleague does something on a ticket that I follow")
    ESCALATED = "escalated", _("A ticket comes to my line, or back to it")
    REMINDER = "reminder", _("A reminder is due")
    DUE = "due", _("A promise is about to break, or broke")
    RULE = "rule", _("A rule tells me of a ticket")
    APPROVAL = "approval", _("A client answers an approval, or nobody is left to ask")
    HANDED = "handed", _("A contractor answers, writes, or is done")
    LATE = "late", _("A contractor is about to be late, or is")
    # What clients are told of, in the portal.
    ANSWERED = "answered", _("My request is answered")
    STAGE = "stage", _("My request goes on to another stage, or is done")
    ASKED = "asked", _("Something waits for my approval")
    PROMISED = "promised", _("The promised time of my request changes")


OF_CLIENTS = (NoticeKind.ASKED, NoticeKind.ANSWERED, NoticeKind.STAGE, NoticeKind.PROMISED)
OF_STAFF = tuple(kind for kind in NoticeKind if kind not in OF_CLIENTS)


class Notice(models.Model):
    """
    One thing that one user is told; `sequence` tells it from others of its kind.

    `instead_of` is who is away, and would have been told alone.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    instead_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    is_shown = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(Digest, on_delete=models.SET_NULL, null=True, related_name="notices")

    @property
    def is_of_client(self) -> bool:
        """Whether a client is told, not a colleague."""
        return self.kind in OF_CLIENTS

    @property
    def path(self) -> str:
        """Where its reader sees more, at the desk's own address."""
        if self.kind == NoticeKind.ASKED:
            # What waits for them stands on their first page.
            return "/portal/"
        if self.is_of_client:
            return f"/portal/requests/{self.subject_id}/"
        return f"/{self.subject_kind}s/{self.subject_id}"

    class Meta:
        """Nobody is told twice of the same."""

        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "sequence"], name="notice_once")
        ]
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="notice_latest"),
            models.Index(
                fields=["user"],
                condition=models.Q(read_at=None, is_shown=True),
                name="notice_unread",
            ),
            models.Index(
                fields=["mail_due_at"],
                condition=models.Q(mail_due_at__isnull=False),
                name="notice_to_mail",
            ),
        ]
