"""Offers: which of the work of clients in a queue that is pulled is for whom, and why."""

from django.db import models

from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.tickets.models import Ticket


class Offer(models.Model):
    """
    What a member gets of a queue when they take next, unless something more urgent came meanwhile.

    Only what holds now is here; `reasons` become those of a choice when it is taken.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="offer")
    at = models.DateTimeField()
    reasons = models.JSONField()

    class Meta:
        """One for a member of a team; nothing is offered to two."""

        constraints = [
            models.UniqueConstraint(fields=["member", "team"], name="routing_offer_once")
        ]
