"""Calls as they went, extensions of colleagues, and what is still to be dialled."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.models import Blob
from ambidesk.ground.reach.branches import Visible
from ambidesk.parties.people.models import Identity
from ambidesk.parties.staff.models import Member
from ambidesk.support.conversations.models import Channel
from ambidesk.support.tickets.models import Ticket


class CallWay(models.TextChoices):
    """Who called whom."""

    IN = "in", _("Incoming call")
    OUT = "out", _("Outgoing call")


class CallState(models.TextChoices):
    """Where a call stands."""

    RINGING = "ringing", _("Ringing")
    TALKING = "talking", _("Talking")
    ENDED = "ended", _("Ended")
    MISSED = "missed", _("Missed")


class Call(models.Model):
    """One call; `key` is what the exchange knows it by, `number` the other side in E.164."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=120)
    way = models.CharField(max_length=3, choices=CallWay.choices)
    state = models.CharField(max_length=7, choices=CallState.choices, default=CallState.RINGING)
    number = models.CharField(max_length=40, blank=True)
    line = models.CharField(max_length=40, blank=True)
    extension = models.CharField(max_length=20, blank=True)
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, null=True, related_name="calls")
    began_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    recording = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+")
    # What the exchange fetches the recording by, until it is here or was asked for in vain.
    recording_handle = models.CharField(max_length=1000, blank=True)
    recording_tries = models.PositiveSmallIntegerField(default=0)
    recording_due_at = models.DateTimeField(null=True)

    objects = Visible["Call"].as_manager()

    class Meta:
        """A key of an exchange is one call."""

        ordering = ["-began_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["channel", "key"], name="call_once")]
        indexes = [
            models.Index(
                fields=["began_at"],
                condition=models.Q(state__in=["ringing", "talking"]),
                name="call_under_way",
            ),
            models.Index(
                fields=["recording_due_at"],
                condition=models.Q(recording_due_at__isnull=False),
                name="call_recording_due",
            ),
        ]


class Extension(models.Model):
    """The inner number at which a colleague is called."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="extension")
    number = models.CharField(_("Extension"), max_length=20)

    class Meta:
        """A number is one colleague's."""

        constraints = [models.UniqueConstraint(fields=["number"], name="extension_once")]


class DialState(models.TextChoices):
    """What became of a wish to call."""

    WAITING = "waiting", _("Waiting")
    DIALLED = "dialled", _("Dialled")
    REFUSED = "refused", _("Refused")


class Dial(models.Model):
    """A number that an exchange is to connect a colleague with; asked for once, never twice."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", db_index=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="dials")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=40)
    extension = models.CharField(max_length=20)
    state = models.CharField(max_length=7, choices=DialState.choices, default=DialState.WAITING)
    trouble = models.CharField(max_length=30, blank=True)
    asked_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        """Only those that wait are looked for."""

        indexes = [
            models.Index(
                fields=["asked_at"], condition=models.Q(state="waiting"), name="dial_waiting"
            )
        ]
