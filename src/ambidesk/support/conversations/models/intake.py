"""
Raw items: what came in, committed before it is acknowledged.

Partitioned by id; its external keys stand in a table of their own, since a unique index on a
partitioned table would have to contain the id.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.support.conversations.models.channel import Channel


class IntakeState(models.TextChoices):
    """How far a raw item got."""

    WAITING = "waiting", pgettext_lazy("intake", "Waiting")
    DONE = "done", _("Taken in")
    QUARANTINED = "quarantined", _("In quarantine")
    DISCARDED = "discarded", _("Discarded")


class IntakeItem(models.Model):
    """One raw item; up to 64 KB lie in the row, larger ones in the file store by digest."""

    id = models.BigAutoField(primary_key=True)
    channel = models.ForeignKey(
        Channel, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    external_key = models.CharField(max_length=300)
    raw = models.BinaryField(null=True)
    digest = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    envelope = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=IntakeState.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        """Made by SQL in a migration: partitions are beyond the ORM."""

        managed = False
        db_table = "conversations_intake_item"


class IntakeKey(models.Model):
    """An external key is taken in once for each channel."""

    pk = models.CompositePrimaryKey("channel_id", "external_key")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", db_index=False)
    external_key = models.CharField(max_length=300)
    item_id = models.BigIntegerField()
