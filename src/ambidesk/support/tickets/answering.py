"""Answering: we speak; the message leaves by its deliveries, and can be taken back before."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.models import Blob
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.models import Identity
from ambidesk.support.conversations.models import (
    Channel,
    Delivery,
    DeliveryState,
    Direction,
    Message,
    MessageKind,
)
from ambidesk.support.tickets.events import AnswerWithdrawn, TicketAnswered
from ambidesk.support.tickets.filing import preview_of
from ambidesk.support.tickets.models import Filing, State, Ticket
from ambidesk.support.tickets.outbound import (
    Addressed,
    Words,
    dispatch,
    last_message,
    last_message_with,
    write,
)
from ambidesk.support.tickets.recording import lock, lock_unclosed, record
from ambidesk.support.tickets.rules.states import after_answer, waiting_for


class NobodyToAnswer(InvalidInput):
    """The answer has no recipient."""

    sentence = _("Choose at least one recipient.")


class NothingToSay(InvalidInput):
    """The answer is empty."""

    sentence = _("Write something first.")


class AlreadySent(Refusal):
    """It has left the house."""

    sentence = _("This message has already been sent and cannot be taken back.")


class NoChannel(Refusal):
    """There is no way to reach the requester."""

    sentence = _("This ticket has no channel to answer by. Set one up for its brand first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    What is said to whom; it leaves at `due_at`, which may be later than now.

    `html` is our own composer's markup, sanitised before; without a `subject` it is the ticket's.
    """

    text: str
    html: str = ""
    to: tuple[Identity, ...]
    cc: tuple[Identity, ...] = ()
    files: tuple[tuple[Blob, str], ...] = ()
    due_at: datetime
    state: State | None = None
    automatic: bool = False
    subject: str | None = None


@transaction.atomic
def answer(ticket: Ticket, said: Answer, *, by: Actor, at: datetime) -> Message:
    """
    Say something to the requester.

    Raises:
        AlreadyClosed, AlreadyMerged: the ticket is over.
        NobodyToAnswer: no recipient.
        NothingToSay: neither words nor files.
        NoChannel: the brand has no way to send.
    """
    if not said.to:
        raise NobodyToAnswer(field="to")
    if not said.text.strip() and not said.files:
        raise NothingToSay(field="text")
    ticket = lock_unclosed(ticket)
    channel = channel_of(ticket)
    last = last_message_with(ticket, (*said.to, *said.cc))
    words = Words(
        text=said.text,
        html=said.html,
        subject=ticket.subject if said.subject is None else said.subject,
        automatic=said.automatic,
        answers=last,
        files=said.files,
    )
    message = write(channel, last.thread if last else None, words=words, by=by, at=at)
    addressed = Addressed(to=said.to, cc=said.cc, due_at=said.due_at)
    dispatch(ticket, message, addressed=addressed, channel=channel, by=by, at=at)
    Filing.objects.create(ticket=ticket, message=message, filed_at=at)
    _after(ticket, message, said, at)
    record(
        TicketAnswered(ticket_id=ticket.pk, message_id=message.pk, state=State(ticket.state)),
        ticket,
        by=by,
        at=at,
    )
    return message


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


def channel_of(ticket: Ticket) -> Channel:
    """
    The channel by which a ticket is answered: its own, else another one of its brand.

    Where none is in use the answer waits for the own one to be used again.

    Raises:
        NoChannel: there is none.
    """
    own = ticket.channel if ticket.channel and ticket.channel.address else None
    if own and own.enabled:
        return own
    others = Channel.objects.filter(brand=ticket.brand_id, enabled=True).exclude(address="")
    found = others.order_by("pk").first() or own
    if found is None:
        raise NoChannel
    return found


def _after(ticket: Ticket, message: Message, said: Answer, at: datetime) -> None:
    ticket.last_at = max(ticket.last_at, at)
    if not said.automatic:
        state = said.state or after_answer(State(ticket.state))
        ticket.state = state
        ticket.waiting_for = waiting_for(state)
        ticket.preview = preview_of(message)
        ticket.unread = False
        ticket.first_answered_at = ticket.first_answered_at or at
        ticket.waiting_since = at
        ticket.snoozed_until = None
        ticket.solved_at = at if state is State.SOLVED else None
    ticket.save()


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
