"""Parts: what was put in and taken out, with both serial numbers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.models import User
from ambidesk.service.assets.models import Asset, Repair
from ambidesk.support.tickets.models import Ticket


class PartUse(models.Model):
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
        """A part is of a ticket or of equipment."""

        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ticket__isnull=False) | models.Q(asset__isnull=False),
                name="part_use_of_something",
            ),
            models.CheckConstraint(
                condition=models.Q(cost=0) | ~models.Q(currency=""),
                name="part_use_cost_has_a_currency",
            ),
            models.CheckConstraint(
                condition=models.Q(reverses=None, quantity__gte=0)
                | models.Q(reverses__isnull=False, quantity__lte=0),
                name="only_a_reversed_part_use_is_negative",
            ),
        ]
