"""Resending: what was refused or came back is tried once more, when its reason is mended."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import problems
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.models import Delivery, DeliveryState
from ambidesk.support.tickets.delivering import REFUSED, RETURNED
from ambidesk.support.tickets.events import DeliveryRetried
from ambidesk.support.tickets.models import Filing, State, Ticket
from ambidesk.support.tickets.recording import lock_unclosed, record
from ambidesk.support.tickets.rules.states import after_answer, waiting_for

FAILED = (DeliveryState.REFUSED, DeliveryState.BOUNCED)


class HasNotFailed(Refusal):
    """There is nothing to send again."""

    sentence = _("This message is on its way or has arrived.")


@transaction.atomic
def send_again(ticket: Ticket, delivery: Delivery, *, by: Actor, at: datetime) -> Delivery:
    """
    Send a message again to the recipient whom it did not reach, under the same Message-ID.

    Raises:
        AlreadyClosed, AlreadyMerged: the ticket is over.
        HasNotFailed: it is on its way, has arrived, or stands on another ticket.
    """
    ticket = lock_unclosed(ticket)
    filed = Filing.objects.filter(ticket=ticket, withdrawn_at=None).values("message")
    row = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("message")
        .filter(pk=delivery.pk, message__in=filed, state__in=FAILED)
        .first()
    )
    if row is None:
        raise HasNotFailed
    row.state, row.due_at, row.attempts = DeliveryState.WAITING, at, 0
    row.trouble = row.status = row.last_error = ""
    row.leased_until = row.failing_since = row.sent_at = None
    row.save()
    for problem in (REFUSED, RETURNED):
        problems.resolve(problem, ("delivery", row.pk), at=at)
    _turn(ticket, at)
    event = DeliveryRetried(ticket_id=ticket.pk, message_id=row.message_id, delivery_id=row.pk)
    record(event, ticket, by=by, at=at)
    return row


def _turn(ticket: Ticket, at: datetime) -> None:
    """It is their turn again, as after any answer."""
    ticket.unread = False
    if ticket.state == State.OPEN:
        ticket.state = after_answer(State.OPEN)
        ticket.waiting_for = waiting_for(State(ticket.state))
        ticket.waiting_since = at
    ticket.save()
