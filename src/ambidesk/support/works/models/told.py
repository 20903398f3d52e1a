"""Told: what facts of every kind have in common, and what must hold for each of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.models import User


class Told(models.Model):
    """
    A fact of a day, told once under its key; it is never changed, only taken back by a reversal.

    Of which ticket, equipment and repair it is, each kind says under a name of its own.
    """

    cost = models.DecimalField(max_digits=14, decimal_places=2, default=0)
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
        """The newest day first."""

        abstract = True
        ordering = ["-day", "-pk"]


def holding_for(kind: str) -> list[models.CheckConstraint]:
    """Give what holds for a fact: it is of a ticket or of equipment, and its cost is money."""
    return [
        models.CheckConstraint(
            condition=models.Q(ticket__isnull=False) | models.Q(asset__isnull=False),
            name=f"{kind}_of_something",
        ),
        models.CheckConstraint(
            condition=models.Q(cost=0) | ~models.Q(currency=""),
            name=f"{kind}_cost_has_a_currency",
        ),
    ]


def only_reversed_negative(kind: str, *, amount: str) -> models.CheckConstraint:
    """Hold that no amount is negative but that of a reversal, which is never positive."""
    told = models.Q(**{"reverses": None, f"{amount}__gte": 0})
    taken_back = models.Q(**{"reverses__isnull": False, f"{amount}__lte": 0})
    return models.CheckConstraint(
        condition=told | taken_back, name=f"only_a_reversed_{kind}_is_negative"
    )
