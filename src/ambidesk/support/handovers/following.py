"""
Following: the journal's subscriber of handovers.

A contractor is due sooner when the client is promised something sooner; what is handed over of a
ticket that was closed or merged is taken back, what was done is taken.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.handovers.clocks import hasten
from ambidesk.support.handovers.events import HandoverHastened
from ambidesk.support.handovers.judging import end
from ambidesk.support.handovers.locking import lock_both
from ambidesk.support.handovers.models import Handover
from ambidesk.support.promises.events import TermsChosen
from ambidesk.support.tickets.events import StateChanged, TicketsRegrouped
from ambidesk.support.tickets.models import State
from ambidesk.support.tickets.recording import record

KINDS = (TermsChosen.kind, StateChanged.kind, TicketsRegrouped.kind)


def follow(entries: Sequence[Entry], *, at: datetime) -> None:
    """Keep clocks before the client's, and take back what nobody waits for any more."""
    moved = {each.subject_id for each in entries}
    rows = Handover.objects.open().filter(ticket__in=moved).select_related("ticket")
    for row in rows.order_by("ticket", "pk"):
        _settle(row, at=at)


@transaction.atomic
def _settle(handover: Handover, *, at: datetime) -> None:
    ticket, row = lock_both(handover)
    if ticket.state == State.CLOSED and row.is_open:
        end(row, by=SYSTEM, at=at)
        return
    if not row.is_theirs:
        return
    sooner = hasten(row, ticket, at=at)
    if sooner is not None:
        row.due_at = sooner.due_at
        row.save(update_fields=["due_at"])
        hastened = HandoverHastened(
            ticket_id=ticket.pk,
            handover_id=row.pk,
            company_id=row.company_id,
            round=sooner.number,
        )
        record(hastened, ticket, by=SYSTEM, at=at)
