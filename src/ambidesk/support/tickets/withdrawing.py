"""Withdrawing: an answer is taken back before it leaves."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.models import (
    Delivery,
    DeliveryState,
    Direction,
    Message,
    MessageKind,
)
from ambidesk.support.tickets.events import AnswerWithdrawn
from ambidesk.support.tickets.filing import preview_of
from ambidesk.support.tickets.models import Filing, State, Ticket
from ambidesk.support.tickets.outbound import last_message
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
    if message.kind == MessageKind.MAIL and not message.automatic:
        _rewind(ticket)
    record(AnswerWithdrawn(ticket_id=ticket.pk, message_id=message.pk), ticket, by=by, at=at)


def _rewind(ticket: Ticket) -> None:
    """Give the ticket back the columns that its remaining messages make."""
    last = last_message(ticket)
    answered = Filing.objects.filter(
        ticket=ticket,
        withdrawn_at=None,
        message__direction=Direction.OUTBOUND,
        message__kind=MessageKind.MAIL,
        message__automatic=False,
    )
    first = answered.order_by("filed_at").values_list("filed_at", flat=True).first()
    ticket.first_answered_at = first
    ticket.state = State.OPEN
    ticket.waiting_for = waiting_for(State.OPEN)
    ticket.solved_at = None
    if last:
        ticket.preview = preview_of(last)
        ticket.last_at = last.recorded_at
        ticket.waiting_since = last.recorded_at
    ticket.save()
