"""
Handovers: what a contractor was asked to do; what they see of a ticket stands here, no more.

A round lasts from the offer, or from being sent back for rework, until somebody else has the turn.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.branches import Visible
from ambidesk.parties.companies.models import Company, Site
from ambidesk.parties.staff.models import Team
from ambidesk.service.assets.models import Asset
from ambidesk.service.contractors.models import Contractor
from ambidesk.service.sla.models import CalendarVersion, Promise
from ambidesk.service.workflow.models import Stay
from ambidesk.support.handovers.rules.standing import OPEN, SHOWN, THEIRS, Standing
from ambidesk.support.tickets.models import Ticket


class HandoverQuerySet(Visible["Handover"]):
    """Handovers."""

    def open(self) -> "HandoverQuerySet":
        """Those that are not over."""
        return self.filter(standing__in=[each.value for each in OPEN])

    def theirs(self) -> "HandoverQuerySet":
        """Those where the contractor has to do something."""
        return self.filter(standing__in=[each.value for each in THEIRS])

    def shown(self) -> "HandoverQuerySet":
        """Those that the contractor still has to do with."""
        return self.filter(standing__in=[each.value for each in SHOWN])


class Handover(models.Model):
    """One thing handed over; `company` is the contractor's, which the database asks for first."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="handovers")
    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, null=True, related_name="handovers")
    contractor = models.ForeignKey(
        Contractor, on_delete=models.PROTECT, related_name="handovers", db_index=False
    )
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    asset = models.ForeignKey(
        Asset, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # Who has it again when the contractor does not do it.
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    task = models.CharField(_("What is to be done"), max_length=300)
    standing = models.CharField(max_length=9, choices=Standing.choices, default=Standing.OFFERED)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # That of its last round.
    due_at = models.DateTimeField()
    reworks = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveIntegerField(null=True)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        """One contractor at a time; what is over has an end."""

        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["company", "standing", "due_at"], name="handover_of_company"),
            models.Index(fields=["contractor", "offered_at"], name="handover_of_contractor"),
            models.Index(fields=["site"], name="handover_at_site"),
            models.Index(fields=["asset"], name="handover_of_asset"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "stay"],
                condition=models.Q(standing__in=[each.value for each in sorted(OPEN)]),
                nulls_distinct=False,
                name="one_contractor_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    standing__in=[each.value for each in sorted(OPEN)], ended_at=None
                )
                | models.Q(ended_at__isnull=False),
                name="handover_over_has_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(cost=None) | ~models.Q(currency=""),
                name="handover_cost_has_a_currency",
            ),
        ]

    @property
    def price(self) -> Money | None:
        """What it cost, if anything was said of it."""
        return None if self.cost is None else Money(self.cost, self.currency)

    @property
    def is_theirs(self) -> bool:
        """Whether the contractor has to do something."""
        return Standing(self.standing) in THEIRS

    @property
    def is_open(self) -> bool:
        """Whether it is not over."""
        return Standing(self.standing) in OPEN


class Round(models.Model):
    """One time that the contractor has the turn, with what is promised of it."""

    handover = models.ForeignKey(
        Handover, on_delete=models.CASCADE, related_name="rounds", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    began_at = models.DateTimeField()
    work_for = models.DurationField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_done = models.BooleanField(default=False)
    promise = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="handover_round")
    calendar = models.ForeignKey(
        CalendarVersion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        """Counted from 1; what is done is over."""

        ordering = ["handover", "number"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "number"], name="round_once"),
            models.CheckConstraint(
                condition=models.Q(is_done=False) | models.Q(ended_at__isnull=False),
                name="what_is_done_is_over",
            ),
        ]
