"""
Lines of a version: what is covered where, what is promised, what work costs, what lateness costs.

No two lines of a company say something about the same scope at the same time; the period of a
line is known once its version is active.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.parties.companies.models import Company, Site, Territory
from ambidesk.service.assets.models import Asset, AssetClass, AssetModel
from ambidesk.service.catalogue.models import RequestType
from ambidesk.service.contracts.models.contract import Version
from ambidesk.service.contracts.models.package import Package
from ambidesk.service.contracts.rules.lines import ALL
from ambidesk.service.sla.models import Policy, ServiceCalendar
from ambidesk.service.sla.models.clock import GoalKind

CLAUSE = 30


class Line(models.Model):
    """One line; what it does not name it holds for whatever it is."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="lines")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.PositiveSmallIntegerField()
    clause = models.CharField(_("Clause"), max_length=CLAUSE)
    covers = models.BooleanField(default=True)
    asset = models.ForeignKey(
        Asset, on_delete=models.PROTECT, null=True, related_name="contract_lines"
    )
    model = models.ForeignKey(AssetModel, on_delete=models.PROTECT, null=True, related_name="+")
    asset_class = models.ForeignKey(
        AssetClass, on_delete=models.PROTECT, null=True, related_name="+"
    )
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, null=True, related_name="+")
    service = models.ForeignKey(
        RequestType, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    parts = models.PositiveSmallIntegerField(default=ALL)
    labour = models.PositiveSmallIntegerField(default=ALL)
    travel = models.PositiveSmallIntegerField(default=ALL)
    package = models.ForeignKey(Package, on_delete=models.PROTECT, null=True, related_name="lines")
    limit = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    words = models.CharField(max_length=200, blank=True)
    scope = models.CharField(max_length=200)
    during = DateRangeField(null=True)

    class Meta:
        """Shares are per cent; what is excluded has neither package nor limit."""

        ordering = ["version", "place"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parts__lte=ALL, labour__lte=ALL, travel__lte=ALL),
                name="line_shares_are_per_cent",
            ),
            models.CheckConstraint(
                condition=models.Q(covers=True) | models.Q(package=None, limit=None),
                name="excluded_line_gives_nothing",
            ),
            models.CheckConstraint(condition=~models.Q(clause=""), name="line_has_a_clause"),
            ExclusionConstraint(
                name="line_scope_alone",
                expressions=[
                    ("company", RangeOperators.EQUAL),
                    ("scope", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(during__isnull=False),
            ),
        ]


class Promised(models.Model):
    """Which policy and calendar hold for which of the contract's requests."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="promises")
    clause = models.CharField(max_length=CLAUSE)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    calendar = models.ForeignKey(
        ServiceCalendar, on_delete=models.PROTECT, null=True, related_name="+"
    )
    line = models.ForeignKey(Line, on_delete=models.CASCADE, null=True, related_name="promises")
    service = models.ForeignKey(
        RequestType, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    priority = models.PositiveSmallIntegerField(null=True)
    asset_class = models.ForeignKey(
        AssetClass, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        """In the order in which they were written."""

        ordering = ["version", "pk"]


class BasisKind(models.TextChoices):
    """What a price is for."""

    HOUR = "hour", _("an hour")
    VISIT = "visit", _("a visit")
    UNIT = "unit", _("a unit")
    POINT = "point", _("a point")
    FIXED = "fixed", _("the whole request")
    LINE = "line", _("each entry of work")
    PARTS = "parts", _("parts: their cost and so many % more")
    COSTS = "costs", _("expenses: their cost and so many % more")


# Of these the price is a mark-up in per cent of what something cost.
MARK_UPS = (BasisKind.PARTS, BasisKind.COSTS)


class Price(models.Model):
    """
    One price rule; times of the night are minutes of the day.

    Of a mark-up `price` is in per cent, `minimum` its least amount and `step` what cost and
    mark-up together are rounded up to.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="prices")
    clause = models.CharField(max_length=CLAUSE)
    basis = models.CharField(max_length=5, choices=BasisKind.choices)
    service = models.ForeignKey(
        RequestType, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    price = models.DecimalField(max_digits=14, decimal_places=4)
    step = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    least = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    minimum = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    night = models.DecimalField(max_digits=4, decimal_places=2, default=1)
    weekend = models.DecimalField(max_digits=4, decimal_places=2, default=1)
    holiday = models.DecimalField(max_digits=4, decimal_places=2, default=1)
    night_starts = models.PositiveSmallIntegerField(default=22 * 60)
    night_until = models.PositiveSmallIntegerField(default=6 * 60)

    class Meta:
        """Nothing costs less than nothing; factors make it dearer."""

        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    price__gte=0, night__gte=1, weekend__gte=1, holiday__gte=1, step__gte=0
                ),
                name="price_is_no_gift",
            )
        ]


class RateKind(models.TextChoices):
    """What a penalty is counted by."""

    EACH = "each", _("money each time")
    HOUR = "hour", _("money for each begun hour")
    DAY = "day", _("money for each begun day")
    FEE_EACH = "fee_each", _("share of the fee each time, in %")
    FEE_HOUR = "fee_hour", _("share of the fee for each begun hour, in %")
    FEE_DAY = "fee_day", _("share of the fee for each begun day, in %")


class Excuse(models.TextChoices):
    """Why a late promise may cost nothing."""

    CLIENT = "client", _("The client was not ready")
    NO_ACCESS = "no_access", _("No access to the site")
    FORCE = "force", _("Force majeure")
    STOPPED = "stopped", _("Work was stopped for debts")


class PenalisedKind(models.TextChoices):
    """Which promise costs something where it is late."""

    FIRST_RESPONSE = GoalKind.FIRST_RESPONSE.value, _("First response")
    NEXT_RESPONSE = GoalKind.NEXT_RESPONSE.value, _("Next response")
    RESOLUTION = GoalKind.RESOLUTION.value, _("Resolution")
    STAGE = "stage", pgettext_lazy("process", "Stage")


class PenaltyRule(models.Model):
    """
    What lateness costs by one clause; the cap is per cent of the fee of a period.

    Of stages it is for those that the version promises by the clause `stages`, empty is all.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="penalties")
    clause = models.CharField(max_length=CLAUSE)
    goal = models.CharField(max_length=14, choices=PenalisedKind.choices)
    stages = models.CharField(max_length=CLAUSE, blank=True, default="", db_default="")
    rate = models.CharField(max_length=8, choices=RateKind.choices)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    cap = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    grace_minutes = models.PositiveIntegerField(default=0)
    excuses = ArrayField(models.CharField(max_length=9, choices=Excuse.choices), default=list)

    class Meta:
        """In the order in which they were written."""

        ordering = ["version", "pk"]
