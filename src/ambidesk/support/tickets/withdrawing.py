"""Withdrawing: an answer is taken back before it leaves."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.models import (
    Delivery,
    DeliveryState,
    Message,
    MessageKind,
)
from ambidesk.support.tickets.deriving import derive
from ambidesk.support.tickets.events import AnswerWithdrawn
from ambidesk.support.tickets.models import Filing, State, Ticket
from ambidesk.support.tickets.recording import lock, record
from ambidesk.support.tickets.rules.states import waiting_for


class AlreadySent(Refusal):
    """It has left the house."""

    sentence = _("This message has already been sent and cannot be taken back.")


@transaction.atomic
def withdraw_answer(ticket: Ticket, message: Message, *, by: Actor, at: datetime) -> None:
    """
    Take an answer back before it leaves.

    Raises:
        AlreadySent: at least one copy has left or is leaving.
    """
    ticket = lock(ticket)
    rows = Delivery.objects.select_for_update().filter(message=message)
    waiting = [row for row in rows if row.state == DeliveryState.WAITING and not row.leased_until]
    if not waiting or len(waiting) != len(rows):
        raise AlreadySent
    Delivery.objects.filter(message=message).update(state=DeliveryState.WITHDRAWN)
    Message.objects.filter(pk=message.pk).update(withdrawn_at=at)
    Filing.objects.filter(ticket=ticket, message=message).update(withdrawn_at=at)
    derive(ticket)
    if message.kind == MessageKind.MAIL and not message.automatic:
        _turn_back(ticket)
    ticket.save()
    record(AnswerWithdrawn(ticket_id=ticket.pk, message_id=message.pk), ticket, by=by, at=at)


def _turn_back(ticket: Ticket) -> None:
    """It is our turn again, since their last word."""
    ticket.state = State.OPEN
    ticket.waiting_for = waiting_for(State.OPEN)
    ticket.waiting_since = ticket.last_inbound_at or ticket.opened_at
    ticket.solved_at = None
    ticket.closed_at = None
