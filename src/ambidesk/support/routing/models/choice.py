"""Choices: how it is weighed who gets work of clients, and why whom it was given to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.routing.rules.matching import Weights
from ambidesk.support.tickets.models import Ticket


class Terms(models.Model):
    """
    The one row of how reasons are weighed; without it the defaults hold.

    `key_clients` is a condition: tickets of key clients go rather to those who teach others.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    skill = models.PositiveSmallIntegerField(_("Skill"), default=3)
    risk = models.PositiveSmallIntegerField(_("Risk of the promise"), default=3)
    category = models.PositiveSmallIntegerField(_("Category of the client"), default=2)
    load = models.PositiveSmallIntegerField(_("Load"), default=3)
    continuity = models.PositiveSmallIntegerField(_("Continuity"), default=4)
    key_clients = models.JSONField(null=True, blank=True)

    class Meta:
        """One row; weights that a person can compare."""

        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="routing_terms_once"),
            models.CheckConstraint(
                condition=models.Q(
                    skill__lte=10,
                    risk__lte=10,
                    category__lte=10,
                    load__lte=10,
                    continuity__lte=10,
                ),
                name="routing_terms_in_range",
            ),
        ]

    @property
    def weights(self) -> Weights:
        """The weights, as matching reads them."""
        return Weights(
            skill=self.skill,
            risk=self.risk,
            category=self.category,
            load=self.load,
            continuity=self.continuity,
        )


class Choice(models.Model):
    """Why a ticket was given to just this member; `reasons` is read by `routing.reasons`."""

    ticket = models.ForeignKey(
        Ticket, on_delete=models.CASCADE, related_name="choices", db_index=False
    )
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    reasons = models.JSONField()

    class Meta:
        """The latest first."""

        indexes = [models.Index(fields=["ticket", "-at", "-id"], name="choice_latest")]
