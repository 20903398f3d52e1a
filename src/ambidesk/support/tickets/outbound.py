"""Outbound: a message of ours and its deliveries, which answering and forwarding share."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db.models import Q

from ambidesk.ground.files.models import Blob
from ambidesk.ground.kernel.journal import Origin
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.models import Identity
from ambidesk.support.conversations.models import (
    Attachment,
    Channel,
    Delivery,
    DeliveryState,
    Direction,
    Message,
    MessageKind,
    MessageQuerySet,
    Thread,
)
from ambidesk.support.conversations.models.delivery import RecipientRole
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.tokens import reply_token

# RFC 5322 3.6.4 lets long chains be cut; the first one roots the thread everywhere.
LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said, and which message it answers; `new_text` is ours where `text` repeats more."""

    text: str
    html: str
    subject: str
    new_text: str | None = None
    kind: MessageKind = MessageKind.MAIL
    automatic: bool = False
    answers: Message | None = None
    files: tuple[tuple[Blob, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """Whom it goes to, and when."""

    to: tuple[Identity, ...]
    cc: tuple[Identity, ...] = ()
    due_at: datetime


def write(
    channel: Channel, thread: Thread | None, *, words: Words, by: Actor, at: datetime
) -> Message:
    """Write a message of ours into a thread, or into a new one of the channel."""
    last = words.answers
    message = Message.objects.create(
        thread=thread or _thread(channel, at),
        direction=Direction.OUTBOUND,
        kind=words.kind,
        author_id=by.user_id,
        automatic=words.automatic,
        external_id=f"{uuid4().hex}@{channel.domain}",
        in_reply_to=last.external_id if last else "",
        references=_references(last),
        envelope={},
        subject=words.subject,
        text=words.text,
        new_text=words.text if words.new_text is None else words.new_text,
        html=words.html,
        sent_at=at,
        recorded_at=at,
    )
    Attachment.objects.bulk_create(
        [
            Attachment(message=message, blob=blob, key=secrets.token_urlsafe(32), name=name[:255])
            for blob, name in words.files
        ]
    )
    return message


def dispatch(
    ticket: Ticket,
    message: Message,
    *,
    addressed: Addressed,
    channel: Channel,
    by: Actor,
    at: datetime,
) -> None:
    """Put a delivery for each recipient into the outbox, each with its token."""
    # History has no effects outside: what it tells of was sent long ago.
    is_history = by.origin is not Origin.LIVE
    roles = [(who, RecipientRole.TO) for who in addressed.to]
    roles += [(who, RecipientRole.CC) for who in addressed.cc]
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
                due_at=addressed.due_at,
                state=DeliveryState.SENT if is_history else DeliveryState.WAITING,
                sent_at=at if is_history else None,
            ),
        )
    Delivery.objects.bulk_create(rows.values())


def last_message(ticket: Ticket) -> Message | None:
    """The last message that stands on the ticket."""
    return _messages(ticket).first()


def last_message_with(ticket: Ticket, whom: Collection[Identity]) -> Message | None:
    """
    The last message that one of them wrote, got or takes part in.

    A ticket holds talks with several people, and an answer belongs into that of its recipient.
    """
    theirs = (
        Q(sender__in=whom)
        | Q(deliveries__recipient__in=whom)
        | Q(thread__participants__identity__in=whom)
    )
    return _messages(ticket).filter(theirs).first()


def _messages(ticket: Ticket) -> MessageQuerySet:
    filed = Message.objects.filter(filings__ticket=ticket, filings__withdrawn_at=None)
    return filed.select_related("thread").order_by("-pk")


def _thread(channel: Channel, at: datetime) -> Thread:
    return Thread.objects.create(channel=channel, key=f"ours:{uuid4().hex}", begun_at=at)


def _references(last: Message | None) -> Sequence[str]:
    if last is None:
        return []
    chain = [*last.references, last.external_id]
    kept = chain if len(chain) <= LONGEST_CHAIN else [chain[0], *chain[1 - LONGEST_CHAIN :]]
    return [reference for reference in dict.fromkeys(kept) if reference]
