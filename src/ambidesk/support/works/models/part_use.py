"""Parts: what was put in and taken out, with both serial numbers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.service.assets.models import Asset, Repair
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.models.told import Told, holding_for, only_reversed_negative


class PartUse(Told):
    """
    So much of an article was used on a day; a reversal has it negative.

    `cost` is of all of it; `old_serial` is of what was taken out, `new_serial` of what went in.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, null=True, related_name="parts_used"
    )
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, related_name="parts_used")
    repair = models.ForeignKey(
        Repair, on_delete=models.PROTECT, null=True, related_name="parts_used"
    )
    article = models.CharField(_("Article"), max_length=80, blank=True)
    name = models.CharField(_("Part"), max_length=160)
    quantity = models.DecimalField(_("Quantity"), max_digits=12, decimal_places=3, default=1)
    old_serial = models.CharField(_("Serial number taken out"), max_length=80, blank=True)
    new_serial = models.CharField(_("Serial number put in"), max_length=80, blank=True)

    class Meta(Told.Meta):
        """A part is of a ticket or of equipment."""

        constraints = [
            *holding_for("part_use"),
            only_reversed_negative("part_use", amount="quantity"),
        ]
