"""Deriving: the columns that messages, notes and wakings make, anew after a regrouping."""

from django.db.models import Max, Min, Q

from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.reach.actor import ActorKind
from ambidesk.support.conversations.models import Direction, Message, MessageKind
from ambidesk.support.conversations.models.message import MessageQuerySet
from ambidesk.support.tickets.events import TicketSnoozed
from ambidesk.support.tickets.filing import preview_of
from ambidesk.support.tickets.models import Note, Ticket

DERIVED = ("preview", "last_at", "last_inbound_at", "first_answered_at")
ANSWERS = Q(direction=Direction.OUTBOUND, kind=MessageKind.MAIL, automatic=False)
# So many messages without a word of their own (pictures, erased ones) are passed over.
LOOKED_AT = 20


def derive(ticket: Ticket) -> None:
    """Give a locked ticket the columns that stand in `DERIVED`; the caller saves them."""
    filed = Message.objects.filter(filings__ticket=ticket, filings__withdrawn_at=None)
    found = filed.aggregate(
        last=Max("recorded_at"),
        heard=Max("recorded_at", filter=Q(direction=Direction.INBOUND)),
        answered=Min("recorded_at", filter=ANSWERS),
    )
    noted = Note.objects.filter(ticket=ticket).aggregate(last=Max("at"))["last"]
    moments = [ticket.opened_at, found["last"], noted, *_wakings(ticket)]
    ticket.preview = _preview(filed)
    ticket.last_at = max(moment for moment in moments if moment)
    ticket.last_inbound_at = found["heard"]
    ticket.first_answered_at = found["answered"]


def _preview(filed: MessageQuerySet) -> str:
    telling = filed.filter(Q(direction=Direction.INBOUND) | ANSWERS).order_by("-pk")
    lines = (preview_of(each) for each in telling[:LOOKED_AT])
    return next((line for line in lines if line), "")


def _wakings(ticket: Ticket) -> list[object]:
    """When the desk itself woke the ticket, which brings it up in lists."""
    return [
        entry.at
        for entry in entries_of("ticket", ticket.pk)
        if entry.kind == TicketSnoozed.kind
        and entry.data["until"] is None
        and entry.actor_kind == ActorKind.SYSTEM
    ]
