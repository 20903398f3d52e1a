"""Following: the journal's subscriber; silence asks the next, a changed ticket voids."""

from collections.abc import Sequence
from datetime import datetime

from ambidesk.ground.kernel.journal import Entry
from ambidesk.service.sla.events import PromiseWarned
from ambidesk.support.approvals.furthering import ask_further
from ambidesk.support.approvals.models import Approval
from ambidesk.support.approvals.models.approval import STANDING
from ambidesk.support.approvals.voiding import void_changed
from ambidesk.support.tickets import events
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rejoining import RequesterMoved

CHANGES = frozenset(
    each.kind
    for each in (
        events.TicketAttributed,
        events.TicketConverted,
        events.TicketDescribed,
        events.TicketEquipped,
        events.StateChanged,
        RequesterMoved,
        events.TicketsRegrouped,
    )
)
KINDS = (*sorted(CHANGES), PromiseWarned.kind)


def follow(entries: Sequence[Entry], *, at: datetime) -> None:
    """Void what was asked about another ticket, and ask on where nobody answered."""
    changed = {entry.subject_id for entry in entries if entry.kind in CHANGES}
    tickets = Ticket.objects.filter(pk__in=changed, approvals__state__in=STANDING)
    for ticket in tickets.distinct().order_by("pk"):
        void_changed(ticket, at=at)
    silent = {
        entry.subject_id
        for entry in entries
        if entry.kind == PromiseWarned.kind and entry.data["breached"]
    }
    rows = Approval.objects.waiting().filter(promise__in=silent)
    for approval in rows.select_related("ticket").order_by("ticket", "pk"):
        ask_further(approval, at=at)
