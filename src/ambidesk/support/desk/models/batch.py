"""
Batches: steps that somebody does with one ticket or with many, and what came of each.

What is to do lies in rows: a worker that is killed goes on where it was, nothing is done twice.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.support.desk.models.macro import Macro
from ambidesk.support.tickets.models import Ticket


class BatchState(models.TextChoices):
    """How far a batch is."""

    WORKING = "working", _("Under way")
    STOPPED = "stopped", _("Stopped")
    DONE = "done", _("Done")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


class ItemState(models.TextChoices):
    """What came of one ticket."""

    WAITING = "waiting", _("Still to do")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    LEAVING = "leaving", _("Still to undo")
    UNDONE = "undone", _("Undone")
    STAYS = "stays", _("Could not be undone")


MOVING = (BatchState.WORKING, BatchState.UNDOING)


class Batch(models.Model):
    """Steps over tickets, begun by a user with the rights that they have while it runs."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="batches"
    )
    macro = models.ForeignKey(Macro, on_delete=models.PROTECT, null=True, related_name="batches")
    steps = models.JSONField()
    state = models.CharField(max_length=8, choices=BatchState.choices, default=BatchState.WORKING)
    total = models.PositiveIntegerField()
    at = models.DateTimeField()
    worked_at = models.DateTimeField(null=True)

    class Meta:
        """What moves is found at once."""

        indexes = [
            models.Index(
                fields=["worked_at"],
                condition=models.Q(state__in=[state.value for state in MOVING]),
                name="batch_moving",
            )
        ]

    @property
    def is_moving(self) -> bool:
        """Whether something is still to do."""
        return self.state in MOVING


class BatchItem(models.Model):
    """One ticket of a batch; `kept` says what changed, `refusal` why not, in a sentence."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items", db_index=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=ItemState.choices, default=ItemState.WAITING)
    kept = models.JSONField(null=True)
    refusal = models.CharField(max_length=300, blank=True)

    class Meta:
        """A ticket is in a batch once."""

        constraints = [
            models.UniqueConstraint(fields=["batch", "ticket"], name="batch_ticket_once")
        ]
        indexes = [
            models.Index(
                fields=["batch", "id"],
                condition=models.Q(state__in=["waiting", "leaving"]),
                name="batch_item_to_do",
            )
        ]
