"""Contracting: a stage of which a contractor is in charge is handed over, and comes back."""

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.contractors.models import Contractor
from ambidesk.service.workflow.going import stage_of
from ambidesk.service.workflow.models import Stay
from ambidesk.support.handovers.models import Handover
from ambidesk.support.handovers.offering import Task, offer
from ambidesk.support.tickets.models import Ticket


class StillHandedOver(Refusal):
    """Whoever has it works on it."""

    sentence = _("%(name)s has this stage. Take it back first.")


def hand_over(ticket: Ticket, stay: Stay, *, at: datetime) -> None:
    """
    Hand over a stage that was entered, where its process says so.

    Where the contractor is called in no more, the team keeps it.
    """
    if stay.waits_from is not None:
        return
    stage = stage_of(stay)
    row = Contractor.objects.engaged().filter(pk=stage.contractor or 0).first()
    if row is not None:
        said = stage.name.said(ticket.brand.language or get_language() or "en")
        offer(ticket, Task(what=said, stay=stay), to=row, by=SYSTEM, at=at)


def require_back(stay: Stay) -> None:
    """
    Refuse to leave a stage on which a contractor still works.

    Raises:
        StillHandedOver: one does.
    """
    row = Handover.objects.theirs().filter(stay=stay).select_related("contractor__company").first()
    if row is not None:
        raise StillHandedOver(name=row.contractor)
