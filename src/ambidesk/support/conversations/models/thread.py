"""Threads: a channel and a key of the talk in it, with participants."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.people.models import Identity
from ambidesk.support.conversations.models.channel import Channel


class Thread(models.Model):
    """One talk on one channel; over the years it may feed several tickets."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="threads")
    key = models.CharField(max_length=512)
    begun_at = models.DateTimeField()

    class Meta:
        """A key is used once in a channel."""

        constraints = [
            models.UniqueConstraint(fields=["channel", "key"], name="thread_key_once"),
        ]


class ParticipantRole(models.TextChoices):
    """What somebody is in a talk; a copied address has no access before it is accepted."""

    REQUESTER = "requester", _("Requester")
    ACCEPTED = "accepted", _("Participant")
    COPIED = "copied", _("In copy")


class Participant(models.Model):
    """An identity takes part in a thread."""

    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, related_name="participants", db_index=False
    )
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=10, choices=ParticipantRole.choices)
    since = models.DateTimeField()

    class Meta:
        """One role for each."""

        constraints = [
            models.UniqueConstraint(fields=["thread", "identity"], name="participant_once"),
        ]
