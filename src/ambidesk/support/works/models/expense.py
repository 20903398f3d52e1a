"""Expenses: what was paid for a ticket or a piece of equipment."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.service.assets.models import Asset, Repair
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.models.told import Told, holding_for


class ExpenseKind(models.TextChoices):
    """What was paid for."""

    TRAVEL = "travel", _("Travel")
    CONTRACTOR = "contractor", _("Contractor")
    MATERIAL = "material", _("Material")
    OTHER = "other", _("Other expenses")


class Expense(Told):
    """An amount of a kind on a day; a reversal has it negative."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, null=True, related_name="expenses")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, related_name="expenses")
    repair = models.ForeignKey(Repair, on_delete=models.PROTECT, null=True, related_name="expenses")
    kind = models.CharField(max_length=10, choices=ExpenseKind.choices, default=ExpenseKind.OTHER)
    # Without an amount it is no expense.
    cost = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta(Told.Meta):
        """An expense is of a ticket or of equipment."""

        constraints = [
            *holding_for("expense"),
            models.CheckConstraint(
                condition=models.Q(kind__in=ExpenseKind.values),
                name="expense_has_a_kind",
            ),
        ]
