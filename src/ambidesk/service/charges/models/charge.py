"""
Charges: lines of what work costs, each with the price rule that made it.

A trigger forbids to change or take out a line; a fact is charged once.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.service.contracts.models import Contract, Coverage, Price


class WhyKind(models.TextChoices):
    """Why a line is there."""

    ORDINARY = "ordinary", _("by the price")
    NIGHT = "night", _("at night")
    WEEKEND = "weekend", _("at the weekend")
    HOLIDAY = "holiday", _("on a holiday")
    ROUNDING = "rounding", _("rounded up")
    MINIMUM = "minimum", _("up to the least amount")
    COVERED = "covered", _("covered by the contract")
    LIMIT = "limit", _("above the limit of the request")
    INCLUDED = "included", _("in the price of the request")
    COST = "cost", _("as it cost")
    MARKUP = "markup", _("mark-up")
    UNPRICED = "unpriced", _("no price was agreed on")


# Lines of parts and expenses: no price rule makes them.
OF_COSTS = ("cost", "covered", "limit")


class Charge(models.Model):
    """
    One line: quantity × price × factor; what has no price says how much it was.

    A line that was taken back has a reversal; what a fact costs now are its lines without one.
    """

    coverage = models.ForeignKey(Coverage, on_delete=models.PROTECT, related_name="charges")
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, related_name="charges"
    )
    price = models.ForeignKey(
        Price, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    clause = models.CharField(max_length=30, blank=True)
    # The fact that is charged: a work log, visits, a part; by its kind and id.
    source_kind = models.CharField(max_length=30)
    source_id = models.PositiveBigIntegerField()
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    why = models.CharField(max_length=8, choices=WhyKind.choices)
    quantity = models.DecimalField(max_digits=14, decimal_places=4)
    each = models.DecimalField(max_digits=17, decimal_places=4)
    factor = models.DecimalField(max_digits=7, decimal_places=4)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversal"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        """The lines of a fact are counted from 1, and are there once."""

        ordering = ["source_kind", "source_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "number"], name="charge_line_once"
            ),
            models.CheckConstraint(
                condition=models.Q(price__isnull=False)
                | models.Q(why="unpriced", amount=0)
                | models.Q(why__in=OF_COSTS),
                name="charge_names_its_rule",
            ),
        ]
