"""What channels remember: how much automatic mail came of late, and how far a mailbox was read."""

from django.db import models

from ambidesk.support.conversations.models import Channel


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
