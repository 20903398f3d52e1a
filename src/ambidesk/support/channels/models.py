"""
What channels remember: how much automatic mail came of late, how far a mailbox or a bot was read,
which pieces of a message have left, who visits which widget, what other systems name tickets by.
"""

from django.db import models

from ambidesk.support.channels.linking.models import Link
from ambidesk.support.channels.widget.models import (
    Visitor,
    VisitorFile,
    VisitorWord,
)
from ambidesk.support.conversations.models import Channel, Delivery
from ambidesk.support.tickets.models import Ticket

__all__ = [
    "Link",
    "LoopBudget",
    "MailboxPosition",
    "Matter",
    "Visitor",
    "VisitorFile",
    "VisitorWord",
]


class LoopBudget(models.Model):
    """
    Automatic mail of an hour from one address, one domain, or all of them.

    `key` is a digest: the table names nobody.
    """

    key = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField(db_index=True)
    number = models.PositiveIntegerField()


class MailboxPosition(models.Model):
    """
    How far a mailbox was read; `place` is a digest of server, user and folder.

    `validity` is 0 before the first look. One `attendant` reads a mailbox at a time, for as long
    as it says so again before `attended_until`.
    """

    channel = models.OneToOneField(Channel, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=64)
    validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    attendant = models.CharField(max_length=32, blank=True)
    attended_until = models.DateTimeField(null=True)


class PollingPosition(models.Model):
    """
    How far a channel was asked; `marker` is the messenger's own.

    `place` is a digest of the account: another bot on the same channel begins anew. One `attendant`
    asks at a time, for as long as it says so again before `attended_until`.
    """

    channel = models.OneToOneField(Channel, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=64)
    marker = models.CharField(max_length=200, blank=True)
    attendant = models.CharField(max_length=32, blank=True)
    attended_until = models.DateTimeField(null=True)


class Matter(models.Model):
    """What another system knows a ticket by: `key` is a digest, so that the table names nobody."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=64)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")

    class Meta:
        """A key of a channel means one ticket at a time."""

        constraints = [
            models.UniqueConstraint(fields=["channel", "key"], name="matter_known_once"),
        ]


class SentPiece(models.Model):
    """
    One piece of a delivery that left, by the name the messenger gave it.

    Without a name it was begun and nobody said what came of it.
    """

    delivery = models.ForeignKey(
        Delivery, on_delete=models.CASCADE, related_name="pieces", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    external_id = models.CharField(max_length=200, blank=True, db_index=True)
    begun_at = models.DateTimeField()

    class Meta:
        """Each piece once."""

        constraints = [
            models.UniqueConstraint(fields=["delivery", "position"], name="piece_once"),
        ]
