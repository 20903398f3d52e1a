"""Contractors: each is a company, marked as one that is called in."""

from datetime import timedelta
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.branches import Visible
from ambidesk.parties.companies.models import Company
from ambidesk.parties.staff.models import Skill
from ambidesk.service.sla.models import ServiceCalendar


class ContractorQuerySet(Visible["Contractor"]):
    """Contractors."""

    def engaged(self) -> "ContractorQuerySet":
        """Those to whom something can be handed over now."""
        return self.filter(dismissed_at=None, company__archived_at=None)


class Contractor(models.Model):
    """
    One company that is called in.

    A stage handed over is due after `work_for` of the calendar, none being round the clock, and
    always so much as `margin` before the client's own time ends.
    """

    company = models.OneToOneField(Company, on_delete=models.PROTECT, related_name="contractor")
    skills: Any = models.ManyToManyField(Skill, related_name="+", blank=True)
    # Where they have no portal, they are written to by mail.
    email = models.EmailField(_("Mail address"), max_length=254, blank=True)
    area = models.CharField(_("Area"), max_length=300, blank=True)
    calendar = models.ForeignKey(
        ServiceCalendar, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    work_for = models.DurationField(_("Time for a stage"), default=timedelta(hours=8))
    margin = models.DurationField(_("Before the client's time ends"), default=timedelta(hours=1))
    rate = models.DecimalField(
        _("Rate of an hour"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    currency = models.CharField(max_length=3, default="RUB")
    engaged_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True)

    objects = ContractorQuerySet.as_manager()

    class Meta:
        """Time for a stage is time."""

        ordering = ["company__name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(work_for__gt=timedelta()), name="contractor_has_time"
            ),
            models.CheckConstraint(
                condition=models.Q(margin__gt=timedelta()), name="contractor_is_done_before"
            ),
            models.CheckConstraint(
                condition=models.Q(rate=None) | models.Q(rate__gte=0),
                name="contractor_costs_no_less_than_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.company.name

    @property
    def price(self) -> Money | None:
        """What an hour costs, if that is agreed."""
        return None if self.rate is None else Money(self.rate, self.currency)
