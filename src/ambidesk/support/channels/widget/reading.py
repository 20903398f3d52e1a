"""Reading: how far a visitor has read, which their operator is told."""

from datetime import datetime

from django.db.models import Max

from ambidesk.ground.kernel.signals import signal
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.speaking import last_ticket


def read_up_to(visitor: Visitor, message_id: int, *, at: datetime) -> None:
    """Put down that everything up to a message was looked at; it never goes back."""
    newest = visitor.thread.messages.filter(pk__lte=message_id).aggregate(newest=Max("pk"))
    reached = newest["newest"] or 0
    moved = Visitor.objects.filter(pk=visitor.pk, read_id__lt=reached)
    if moved.update(read_id=reached, read_at=at):
        ticket = last_ticket(visitor)
        if ticket:
            # Its own browser knows, which the note tells it.
            signal(f"ticket:{ticket.pk}", note="read")
