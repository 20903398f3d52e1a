"""Expenses: what was paid for a ticket or a piece of equipment."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.models import User
from ambidesk.service.assets.models import Asset, Repair
from ambidesk.support.tickets.models import Ticket


class ExpenseKind(models.TextChoices):
    """What was paid for."""

    TRAVEL = "travel", _("Travel")
    CONTRACTOR = "contractor", _("Contractor")
    MATERIAL = "material", _("Material")
    OTHER = "other", _("Other expenses")


class Expense(models.Model):
    """An amount of a kind on a day; a reversal has it negative."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, null=True, related_name="expenses")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, related_name="expenses")
    repair = models.ForeignKey(Repair, on_delete=models.PROTECT, null=True, related_name="expenses")
    kind = models.CharField(max_length=10, choices=ExpenseKind.choices, default=ExpenseKind.OTHER)
    cost = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)
    day = models.DateField(_("Day"))
    key = models.UUIDField(unique=True)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversal"
    )
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """An expense is of a ticket or of equipment."""

        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ticket__isnull=False) | models.Q(asset__isnull=False),
                name="expense_of_something",
            ),
            models.CheckConstraint(
                condition=models.Q(cost=0) | ~models.Q(currency=""),
                name="expense_cost_has_a_currency",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=ExpenseKind.values),
                name="expense_has_a_kind",
            ),
        ]
