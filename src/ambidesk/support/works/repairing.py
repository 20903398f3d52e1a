"""Repairing: a repair is put down for a ticket, on the ticket's equipment."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.models import Repair
from ambidesk.service.assets.repairing import Done, record_repair
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import lock, tell
from ambidesk.support.works.events import TicketRepaired
from ambidesk.support.works.models import Repaired


class NoEquipment(Refusal):
    """The ticket is about no equipment."""

    sentence = _("Say first which equipment the ticket is about.")


@transaction.atomic
def repair(ticket: Ticket, done: Done, *, by: Actor, at: datetime) -> Repair:
    """
    Put down a repair of the ticket's equipment; the same key again is the same repair.

    Raises:
        NoEquipment: the ticket has none.
        RepairedBefore, FailsInTheFuture, NoSuchCode: it cannot have been so.
        KeyOfAnother: the key is of a repair of other equipment.
    """
    row = lock(ticket)
    if row.asset is None:
        raise NoEquipment
    made = record_repair(row.asset, done, by=by, at=at)
    _link, is_new = Repaired.objects.get_or_create(repair=made, defaults={"ticket": row})
    if is_new:
        event = TicketRepaired(ticket_id=row.pk, asset_id=row.asset.pk, repair_id=made.pk)
        journal.record(event, by=by, at=at)
        tell([row])
    return made
