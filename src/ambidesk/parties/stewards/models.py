"""Stewards: a member of staff looks after a company, days as [since, until)."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.companies.models import Company
from ambidesk.parties.staff.models import Member


class Duty(models.TextChoices):
    """As what somebody looks after a company."""

    MANAGER = "manager", _("Account manager")
    COORDINATOR = "coordinator", _("Coordinator")
    ENGINEER = "engineer", _("Engineer")
    EXPERT = "expert", _("Expert")
    ACCOUNTS = "accounts", _("Accounts and papers")


class StewardQuerySet(models.QuerySet["Steward"]):
    """Stewards."""

    def on(self, day: date) -> "StewardQuerySet":
        """Those who look after their companies on the day, and still work here."""
        lasting = models.Q(until_on=None) | models.Q(until_on__gt=day)
        return self.filter(lasting, since_on__lte=day, member__user__is_active=True)


class Steward(models.Model):
    """One member's duty for one company."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="stewards")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="stewardships")
    duty = models.CharField(_("As what"), max_length=12, choices=Duty.choices)
    since_on = models.DateField(_("Since"))
    until_on = models.DateField(_("Until"), null=True, blank=True)

    objects = StewardQuerySet.as_manager()

    class Meta:
        """One manager at a time; nobody has one duty twice at once; periods are not empty."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gt=models.F("since_on")),
                name="steward_period_not_empty",
            ),
            ExclusionConstraint(
                name="steward_one_manager",
                expressions=[
                    ("company", RangeOperators.EQUAL),
                    (
                        models.Func(
                            "since_on",
                            "until_on",
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=models.Q(duty="manager"),
            ),
            ExclusionConstraint(
                name="steward_duty_once",
                expressions=[
                    ("company", RangeOperators.EQUAL),
                    ("member", RangeOperators.EQUAL),
                    ("duty", RangeOperators.EQUAL),
                    (
                        models.Func(
                            "since_on",
                            "until_on",
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
