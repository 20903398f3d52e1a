"""
Filings: which messages stand on which ticket.

Merging, splitting and moving withdraw filings and make new ones under one regrouping, so that it
can be undone exactly; messages themselves never move.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.models.ticket import Ticket
from ambidesk.support.tickets.rules.states import State


class RegroupingKind(models.TextChoices):
    """The ways in which filings change hands."""

    MERGE = "merge", _("Merged")
    SPLIT = "split", _("Split")
    MOVE = "move", _("Moved")


class Regrouping(models.Model):
    """One merge, split or move, and what it takes to undo it."""

    kind = models.CharField(max_length=6, choices=RegroupingKind.choices)
    source = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="regroupings_from")
    target = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="regroupings_to")
    source_state = models.CharField(max_length=18, choices=State.choices)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        """Nothing is regrouped into itself."""

        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="regrouping_of_two"
            ),
        ]


class Filing(models.Model):
    """A message stands on a ticket until it is withdrawn."""

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="filings", db_index=False
    )
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="filings")
    filed_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Regrouping, on_delete=models.PROTECT, null=True, related_name="made"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        Regrouping, on_delete=models.PROTECT, null=True, related_name="withdrawn"
    )

    class Meta:
        """A message stands on a ticket once."""

        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "message"],
                condition=models.Q(withdrawn_at=None),
                name="filing_once",
            ),
        ]
        indexes = [models.Index(fields=["ticket", "message"], name="filing_of_ticket")]
