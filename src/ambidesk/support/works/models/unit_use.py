"""Visits, units and points: what is counted by pieces and not by hours."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.models import User
from ambidesk.parties.staff.models import Member
from ambidesk.service.assets.models import Asset, Repair
from ambidesk.support.tickets.models import Ticket


class CountedKind(models.TextChoices):
    """What is counted."""

    VISITS = "visits", _("Visits")
    UNITS = "units", _("Units")
    POINTS = "points", _("Points")


class UnitUse(models.Model):
    """So many visits, units or points on a day; a reversal has them negative."""

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, null=True, related_name="units_used"
    )
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, related_name="units_used")
    repair = models.ForeignKey(
        Repair, on_delete=models.PROTECT, null=True, related_name="units_used"
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.CharField(max_length=6, choices=CountedKind.choices)
    quantity = models.DecimalField(_("Quantity"), max_digits=10, decimal_places=2)
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
        """Units are of a ticket or of equipment."""

        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ticket__isnull=False) | models.Q(asset__isnull=False),
                name="unit_use_of_something",
            ),
            models.CheckConstraint(
                condition=models.Q(cost=0) | ~models.Q(currency=""),
                name="unit_use_cost_has_a_currency",
            ),
            models.CheckConstraint(
                condition=models.Q(reverses=None, quantity__gte=0)
                | models.Q(reverses__isnull=False, quantity__lte=0),
                name="only_a_reversed_unit_use_is_negative",
            ),
        ]
