"""Amending: somebody changed their words in the messenger; the message stays, the edit is shown."""

from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.models import Edit, Message
from ambidesk.support.tickets.events import MessageEdited
from ambidesk.support.tickets.models import Filing, Ticket
from ambidesk.support.tickets.recording import tell


@transaction.atomic
def amend(
    message: Message,
    text: str,
    *,
    edited_at: datetime,
    intake_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Edit:
    """Keep a later wording beside a message; the same one twice is one, an erased one stays so."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    edit, is_new = Edit.objects.get_or_create(
        message=message,
        edited_at=edited_at,
        defaults={
            "text": "" if message.erased_at else text,
            "recorded_at": at,
            "intake_id": intake_id,
        },
    )
    if not is_new:
        return edit
    filed = Filing.objects.filter(message=message, withdrawn_at=None).values("ticket")
    tickets = list(
        Ticket.objects.select_for_update(no_key=True).filter(pk__in=filed).order_by("pk")
    )
    Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).update(unread=True)
    events = [
        MessageEdited(ticket_id=ticket.pk, message_id=message.pk, edit_id=edit.pk)
        for ticket in tickets
    ]
    journal.record_many(events, by=by, at=at)
    tell(tickets)
    return edit
