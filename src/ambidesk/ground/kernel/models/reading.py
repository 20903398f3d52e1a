"""How far each subscriber has read the journal, and the entries that it could not take."""

from django.db import models

from ambidesk.ground.kernel.journal import Position


class Reading(models.Model):
    """A subscriber's own position."""

    name = models.CharField(max_length=60, primary_key=True)
    epoch = models.IntegerField(default=0)
    xid = models.BigIntegerField(default=0)
    sequence = models.BigIntegerField(default=0)
    failed_times = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)

    @property
    def position(self) -> Position:
        """Where it stands."""
        return Position(self.epoch, self.xid, self.sequence)


class UnreadEntry(models.Model):
    """An entry that a subscriber could not take, kept for another try."""

    subscriber = models.CharField(max_length=60)
    epoch = models.IntegerField()
    xid = models.BigIntegerField()
    sequence = models.BigIntegerField()
    reason = models.TextField()
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        """Once a subscriber and entry."""

        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "epoch", "xid", "sequence"], name="unread_entry_once"
            ),
        ]
