"""Invitations: one question to one person on one ticket, planned, offered or spared."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.people.models import Person
from ambidesk.relation.feedback.models.survey import Survey
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.models import Ticket


class InvitationState(models.TextChoices):
    """How far it is."""

    PLANNED = "planned", _("Planned")
    OFFERED = "offered", _("Asked")
    SPARED = "spared", _("Not asked")


class Spared(models.TextChoices):
    """Why somebody was not asked."""

    REOPENED = "reopened", _("The ticket was opened again")
    LATELY = "lately", _("They were asked not long ago")
    UNREACHABLE = "unreachable", _("There is no way to ask them")
    REFUSED = "refused", _("They do not want to be asked")
    ELSEWHERE = "elsewhere", _("They were asked in the conversation itself")


class Way(models.TextChoices):
    """By which way a question or an answer went."""

    MAIL = "mail", _("Mail")
    WIDGET = "widget", _("Widget")
    MESSENGER = "messenger", _("Messenger")
    PAGE = "page", _("Page")
    IMPORT = "import", _("Import")


class Invitation(models.Model):
    """
    One question to one person; a periodic one is put on the last ticket that they had.

    The link's token is made of `nonce` and the desk's secret key; only its hash is kept. After
    `doubted_at` nothing that a page sent by itself is believed any more.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="invitations")
    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="invitations", db_index=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="invitations", db_index=False
    )
    is_periodic = models.BooleanField(default=False)
    state = models.CharField(
        max_length=7, choices=InvitationState.choices, default=InvitationState.PLANNED
    )
    spared = models.CharField(max_length=11, choices=Spared.choices, blank=True)
    way = models.CharField(max_length=9, choices=Way.choices, blank=True)
    solved_at = models.DateTimeField()
    due_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    nonce = models.CharField(max_length=22)
    token_hash = models.CharField(max_length=64, blank=True)
    message = models.OneToOneField(
        Message, on_delete=models.PROTECT, null=True, related_name="invitation"
    )
    doubted_at = models.DateTimeField(null=True)

    class Meta:
        """A ticket has one open question; what was asked says when, what was not says why."""

        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state="planned"), name="invitation_due"
            ),
            models.Index(fields=["person", "-offered_at"], name="invitation_of_person"),
            models.Index(fields=["ticket"], name="invitation_of_ticket"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"],
                condition=~models.Q(state="spared") & models.Q(is_periodic=False),
                name="invitation_once_a_ticket",
            ),
            models.UniqueConstraint(
                fields=["person", "survey"],
                condition=models.Q(state="planned", is_periodic=True),
                name="invitation_planned_once",
            ),
            models.UniqueConstraint(
                fields=["token_hash"],
                condition=~models.Q(token_hash=""),
                name="invitation_token_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="offered")
                | (
                    models.Q(offered_at__isnull=False, expires_at__isnull=False) & ~models.Q(way="")
                ),
                name="offered_invitation_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(state="spared") ^ models.Q(spared=""),
                name="spared_invitation_says_why",
            ),
        ]
