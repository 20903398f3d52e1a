"""Outbound: a message of ours and its deliveries, which answering and forwarding share."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import uuid4

from django.db import connection

from ambidesk.ground.files.models import Blob
from ambidesk.ground.kernel.journal import Origin
from ambidesk.ground.kernel.preparing import prepared
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.consents.models import Purpose
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.support.conversations.models import (
    Attachment,
    Channel,
    Delivery,
    DeliveryState,
    Direction,
    Message,
    MessageKind,
    Thread,
)
from ambidesk.support.conversations.models.delivery import RecipientRole
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.tokens import reply_tokens

# RFC 5322 3.6.4 lets long chains be cut; the first one roots the thread everywhere.
LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A button under a message: it opens an address, or comes back with its value."""

    label: str
    value: str = ""
    url: str = ""


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
    choices: tuple[Choice, ...] = ()
    purpose: Purpose = Purpose.SERVICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """Whom it goes to, and when; `token` proves an answer that goes elsewhere than the ticket."""

    to: tuple[Identity, ...]
    cc: tuple[Identity, ...] = ()
    due_at: datetime
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """One message that is about to be said on a ticket; without a thread it begins one."""

    ticket: Ticket
    channel: Channel
    thread: Thread | None
    words: Words
    addressed: Addressed


def speak_many(speeches: Sequence[Speech], *, by: Actor, at: datetime) -> list[Message]:
    """Write messages of ours in the given order, and a delivery for each of their recipients."""
    threads = _threads(speeches, at)
    messages = Message.objects.bulk_create(
        [
            _message(each, thread, by=by, at=at)
            for each, thread in zip(speeches, threads, strict=True)
        ]
    )
    pairs = list(zip(speeches, messages, strict=True))
    Attachment.objects.bulk_create(
        [
            Attachment(message=message, blob=blob, key=secrets.token_urlsafe(32), name=name[:255])
            for speech, message in pairs
            for blob, name in speech.words.files
        ]
    )
    _dispatch(pairs, by=by, at=at)
    return messages


def _message(speech: Speech, thread: Thread, *, by: Actor, at: datetime) -> Message:
    words, last = speech.words, speech.words.answers
    return Message(
        thread=thread,
        direction=Direction.OUTBOUND,
        kind=words.kind,
        author_id=by.user_id,
        automatic=words.automatic,
        external_id=f"{uuid4().hex}@{speech.channel.domain}",
        in_reply_to=last.external_id if last else "",
        references=_references(last),
        envelope={},
        subject=words.subject,
        text=words.text,
        new_text=words.text if words.new_text is None else words.new_text,
        html=words.html,
        choices=[asdict(each) for each in words.choices],
        sent_at=at,
        recorded_at=at,
    )


def _dispatch(pairs: Sequence[tuple[Speech, Message]], *, by: Actor, at: datetime) -> None:
    """Put a delivery for each recipient into the outbox, each with its token."""
    # History has no effects outside: what it tells of was sent long ago.
    is_history = by.origin is not Origin.LIVE
    asked = [(each, message, _roles(each.addressed)) for each, message in pairs]
    tokens = reply_tokens(
        (
            (each.ticket, identity)
            for each, _message, roles in asked
            for identity in roles
            if identity.kind == IdentityKind.EMAIL and not each.addressed.token
        ),
        at=at,
    )
    Delivery.objects.bulk_create(
        [
            Delivery(
                message=message,
                channel=each.channel,
                recipient=identity,
                role=role,
                purpose=each.words.purpose,
                reply_token=each.addressed.token or tokens.get((each.ticket.pk, identity.pk), ""),
                due_at=each.addressed.due_at,
                state=DeliveryState.SENT if is_history else DeliveryState.WAITING,
                sent_at=at if is_history else None,
            )
            for each, message, roles in asked
            for identity, role in roles.items()
        ]
    )


def _roles(addressed: Addressed) -> dict[Identity, RecipientRole]:
    """Each recipient once; whoever is addressed is not in copy too."""
    copied = dict.fromkeys(addressed.cc, RecipientRole.CC)
    return {**copied, **dict.fromkeys(addressed.to, RecipientRole.TO)}


# Each ticket with those whom its answer is for; of all messages that one of them wrote, got or
# takes part in, the last one that stands on the ticket and went by that kind of channel.
LAST_WITH = """
    SELECT DISTINCT ON (filing.ticket_id) filing.ticket_id, message.id
      FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS asked (ticket_id, identity_id, kind)
      JOIN tickets_filing filing
        ON filing.ticket_id = asked.ticket_id AND filing.withdrawn_at IS NULL
      JOIN conversations_message message ON message.id = filing.message_id
      JOIN conversations_thread thread ON thread.id = message.thread_id
      JOIN conversations_channel channel
        ON channel.id = thread.channel_id AND channel.kind IN (asked.kind, 'hand')
     WHERE (message.sender_id = asked.identity_id
        OR EXISTS (SELECT FROM conversations_delivery delivery
                    WHERE delivery.message_id = message.id
                      AND delivery.recipient_id = asked.identity_id)
        OR EXISTS (SELECT FROM conversations_participant participant
                    WHERE participant.thread_id = message.thread_id
                      AND participant.identity_id = asked.identity_id))
     ORDER BY filing.ticket_id, message.id DESC
"""


def last_messages_with(
    asked: Iterable[tuple[Ticket, Collection[Identity], Channel]],
) -> Mapping[int, Message]:
    """
    The last message of each ticket that one of these wrote, got or takes part in, by ticket.

    Only such count that went by a channel of the given one's kind.

    A ticket holds talks with several people, and an answer belongs into that of its recipient.
    """
    rows = [
        (ticket.pk, identity.pk, channel.kind)
        for ticket, whom, channel in asked
        for identity in whom
    ]
    with connection.cursor() as cursor:
        cursor.execute(LAST_WITH, [[row[column] for row in rows] for column in range(3)])
        found = dict(cursor.fetchall())
    messages = _with_threads(set(found.values()))
    return {ticket: messages[message] for ticket, message in found.items()}


def _with_threads(numbers: Collection[int]) -> Mapping[int, Message]:
    rows = Message.objects.select_related("thread")
    if len(numbers) != 1:
        return rows.in_bulk(numbers)
    (number,) = numbers
    one: list[Message] = prepared(
        "message-with-thread", lambda slots: rows.filter(pk=slots["number"]), number=number
    )
    return {number: one[0]}


def _threads(speeches: Sequence[Speech], at: datetime) -> list[Thread]:
    """Each one's thread; by mail a matter begins its own, with a messenger there is one talk."""
    wanted = [_thread(each, at) for each in speeches if each.thread is None]
    keys = {(row.channel_id, row.key): row for row in wanted}
    Thread.objects.bulk_create(keys.values(), ignore_conflicts=True)
    rows = Thread.objects.filter(
        channel__in={channel for channel, _key in keys}, key__in=[key for _channel, key in keys]
    )
    found = {(row.channel_id, row.key): row for row in rows} if keys else {}
    begun = iter(wanted)
    return [each.thread or found[(row := next(begun)).channel_id, row.key] for each in speeches]


def _thread(speech: Speech, at: datetime) -> Thread:
    whom = speech.addressed.to[0]
    key = f"ours:{uuid4().hex}" if whom.kind == IdentityKind.EMAIL else whom.value
    return Thread(channel=speech.channel, key=key, begun_at=at)


def _references(last: Message | None) -> Sequence[str]:
    if last is None:
        return []
    chain = [*last.references, last.external_id]
    kept = chain if len(chain) <= LONGEST_CHAIN else [chain[0], *chain[1 - LONGEST_CHAIN :]]
    return [reference for reference in dict.fromkeys(kept) if reference]
