"""Choosing: what was kept of why a ticket is with whom it is."""

from dataclasses import dataclass
from datetime import datetime

from ambidesk.support.routing.models import Choice
from ambidesk.support.routing.reasons import Reasons, read
from ambidesk.support.tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The reasons, and when they decided."""

    reasons: Reasons
    at: datetime


def kept_choice(ticket: Ticket) -> Kept | None:
    """Give why the desk gave the ticket to whoever has it; None where somebody else decided."""
    row = Choice.objects.filter(ticket=ticket).order_by("-at", "-pk").first()
    if row is None or row.member_id != ticket.assignee_id:
        return None
    return Kept(reasons=read(row.reasons), at=row.at)
