"""Work logs: who worked on what, how long, and what that cost."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.staff.models import Member
from ambidesk.service.assets.models import Asset, Repair
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.models.told import Told, holding_for, only_reversed_negative


class WorkLog(Told):
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

    class Meta(Told.Meta):
        """Time is of a ticket or of equipment."""

        constraints = [
            *holding_for("work_log"),
            only_reversed_negative("work_log", amount="minutes"),
        ]
