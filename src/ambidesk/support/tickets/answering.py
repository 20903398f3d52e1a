"""Answering: we speak; the message leaves by its deliveries, and can be taken back before."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.models import Blob
from ambidesk.ground.kernel.journal import Origin
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.models import Identity
from ambidesk.support.conversations.models import (
    Attachment,
    Channel,
    Delivery,
    DeliveryState,
    Direction,
    Message,
    Thread,
)
from ambidesk.support.conversations.models.delivery import RecipientRole
from ambidesk.support.tickets.events import AnswerWithdrawn, TicketAnswered
from ambidesk.support.tickets.filing import preview_of
from ambidesk.support.tickets.models import Filing, State, Ticket
from ambidesk.support.tickets.recording import lock, lock_unclosed, record
from ambidesk.support.tickets.rules.states import after_answer, waiting_for
from ambidesk.support.tickets.tokens import reply_token


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

    `html` is our own composer's markup, sanitised before.
    """

    text: str
    html: str = ""
    to: tuple[Identity, ...]
    cc: tuple[Identity, ...] = ()
    files: tuple[tuple[Blob, str], ...] = ()
    due_at: datetime
    state: State | None = None
    automatic: bool = False


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
    message = _write(ticket, channel, said, by=by, at=at)
    _dispatch(ticket, channel, message, said, by=by, at=at)
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
    _rewind(ticket)
    record(AnswerWithdrawn(ticket_id=ticket.pk, message_id=message.pk), ticket, by=by, at=at)


def channel_of(ticket: Ticket) -> Channel:
    """
    The channel by which a ticket is answered: its own, else one of its brand.

    Raises:
        NoChannel: there is none.
    """
    if ticket.channel and ticket.channel.address:
        return ticket.channel
    found = Channel.objects.filter(brand=ticket.brand_id, enabled=True).exclude(address="").first()
    if found is None:
        raise NoChannel
    return found


def _write(ticket: Ticket, channel: Channel, said: Answer, *, by: Actor, at: datetime) -> Message:
    last = _last_message(ticket)
    message = Message.objects.create(
        thread=last.thread if last else _thread(ticket, channel, at),
        direction=Direction.OUTBOUND,
        author_id=by.user_id,
        automatic=said.automatic,
        external_id=f"{uuid4().hex}@{channel.domain}",
        in_reply_to=last.external_id if last else "",
        references=_references(last),
        envelope={},
        subject=ticket.subject,
        text=said.text,
        new_text=said.text,
        html=said.html,
        sent_at=at,
        recorded_at=at,
    )
    Attachment.objects.bulk_create(
        [
            Attachment(message=message, blob=blob, key=secrets.token_urlsafe(32), name=name[:255])
            for blob, name in said.files
        ]
    )
    return message


def _dispatch(
    ticket: Ticket, channel: Channel, message: Message, said: Answer, *, by: Actor, at: datetime
) -> None:
    # History has no effects outside: what it tells of was sent long ago.
    is_history = by.origin is not Origin.LIVE
    roles = [(who, RecipientRole.TO) for who in said.to] + [
        (who, RecipientRole.CC) for who in said.cc
    ]
    rows: dict[int, Delivery] = {}
    for identity, role in roles:
        rows.setdefault(
            identity.pk,
            Delivery(
                message=message,
                channel=channel,
                recipient=identity,
                role=role,
                reply_token=reply_token(ticket, identity, at=at),
                due_at=said.due_at,
                state=DeliveryState.SENT if is_history else DeliveryState.WAITING,
                sent_at=at if is_history else None,
            ),
        )
    Delivery.objects.bulk_create(rows.values())


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
    last = _last_message(ticket)
    answered = Filing.objects.filter(
        ticket=ticket, withdrawn_at=None, message__direction=Direction.OUTBOUND
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


def _last_message(ticket: Ticket) -> Message | None:
    return (
        Message.objects.filter(filings__ticket=ticket, filings__withdrawn_at=None)
        .select_related("thread")
        .order_by("-pk")
        .first()
    )


def _thread(ticket: Ticket, channel: Channel, at: datetime) -> Thread:
    return Thread.objects.create(
        channel=channel, key=f"ticket:{ticket.pk}:{at.timestamp()}", begun_at=at
    )


def _references(last: Message | None) -> Sequence[str]:
    if last is None:
        return []
    chain = [*last.references, last.external_id]
    # RFC 5322 3.6.4 lets long chains be cut; the first one roots the thread everywhere.
    kept = chain if len(chain) <= 20 else [chain[0], *chain[-19:]]
    return [reference for reference in dict.fromkeys(kept) if reference]
