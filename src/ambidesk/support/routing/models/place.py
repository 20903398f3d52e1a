"""Places: tickets that wait for the next free member of a team; a row goes when it is taken."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.tickets.models import Ticket


class Rank(models.IntegerChoices):
    """What comes first in a queue, whatever its age."""

    WAITING = 0, _("Waiting")
    RETURNED = 1, _("Came back")


class Place(models.Model):
    """
    A place in a queue, in the order rank, priority, since.

    One that came back waits for whom it is `reserved_for`; `expected_for` is what its requester
    was told in seconds when it came in.
    """

    ticket = models.OneToOneField(
        Ticket, on_delete=models.CASCADE, primary_key=True, related_name="place"
    )
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+", db_index=False)
    weight = models.PositiveSmallIntegerField()
    keeps = models.BooleanField()
    needs = ArrayField(models.BigIntegerField(), default=list)
    rank = models.PositiveSmallIntegerField(default=Rank.WAITING)
    priority = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    reserved_for = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    overflow_at = models.DateTimeField(null=True)
    expected_for = models.PositiveIntegerField(null=True)

    class Meta:
        """Only what waits is here, so the indexes do not grow with history."""

        indexes = [
            models.Index(
                fields=["team", "-rank", "-priority", "since", "ticket"], name="place_next"
            ),
            models.Index(
                fields=["overflow_at"],
                condition=models.Q(overflow_at__isnull=False),
                name="place_overflow",
            ),
            models.Index(
                fields=["reserved_for"],
                condition=models.Q(reserved_for__isnull=False),
                name="place_reserved",
            ),
        ]
