"""Work logs: who worked on what, how long, and what that cost."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.models import User
from ambidesk.parties.staff.models import Member
from ambidesk.service.assets.models import Asset, Repair
from ambidesk.support.tickets.models import Ticket


class WorkLog(models.Model):
    """So many minutes of somebody on a day; a reversal has them negative."""

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, null=True, related_name="work_logs"
    )
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, related_name="work_logs")
    repair = models.ForeignKey(
        Repair, on_delete=models.PROTECT, null=True, related_name="work_logs"
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    minutes = models.IntegerField(_("Minutes"))
    # Where it is known: night, weekend and holiday are told by it.
    began_at = models.DateTimeField(_("Began"), null=True)
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
        """Time is of a ticket or of equipment."""

        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ticket__isnull=False) | models.Q(asset__isnull=False),
                name="work_log_of_something",
            ),
            models.CheckConstraint(
                condition=models.Q(cost=0) | ~models.Q(currency=""),
                name="work_log_cost_has_a_currency",
            ),
            models.CheckConstraint(
                condition=models.Q(reverses=None, minutes__gte=0)
                | models.Q(reverses__isnull=False, minutes__lte=0),
                name="only_a_reversed_work_log_is_negative",
            ),
        ]
