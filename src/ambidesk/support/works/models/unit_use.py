"""Visits, units and points: what is counted by pieces and not by hours."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.staff.models import Member
from ambidesk.service.assets.models import Asset, Repair
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.models.told import Told, holding_for, only_reversed_negative


class CountedKind(models.TextChoices):
    """What is counted."""

    VISITS = "visits", _("Visits")
    UNITS = "units", _("Units")
    POINTS = "points", _("Points")


class UnitUse(Told):
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

    class Meta(Told.Meta):
        """Units are of a ticket or of equipment."""

        constraints = [
            *holding_for("unit_use"),
            only_reversed_negative("unit_use", amount="quantity"),
        ]
