"""Receiving: messages from outside take their place in threads, one or a flood at once."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from ambidesk.ground.files.models import Blob
from ambidesk.ground.reach.actor import Speaking
from ambidesk.parties.people.models import Identity
from ambidesk.support.conversations.envelope import Envelope
from ambidesk.support.conversations.models import (
    Attachment,
    Channel,
    Direction,
    Message,
    MessageKind,
    Participant,
    ParticipantRole,
    Thread,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundFile:
    """A file of a message, already stored."""

    blob: Blob
    name: str
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """
    A message from outside; `thread_key` names the talk within the channel.

    `goes_on` is its thread where the sender has spoken in it before. `recorded_at` is for history:
    when the message came in then. `speaking` is who spoke where several people share the sender.
    """

    channel: Channel
    thread_key: str
    sender: Identity
    goes_on: Thread | None = None
    speaking: Speaking | None = None
    copied: tuple[Identity, ...] = ()
    kind: MessageKind = MessageKind.MAIL
    sender_verified: bool = False
    automatic: bool = False
    external_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    envelope: Envelope = field(default_factory=Envelope)
    subject: str = ""
    text: str = ""
    new_text: str = ""
    html: str = ""
    files: tuple[InboundFile, ...] = ()
    intake_id: int | None = None
    sent_at: datetime
    recorded_at: datetime | None = None


def receive(inbound: Inbound, *, at: datetime) -> Message:
    """Put one message into its thread."""
    return receive_many([inbound], at=at)[0]


@transaction.atomic(savepoint=False)
def receive_many(inbound: Sequence[Inbound], *, at: datetime) -> list[Message]:
    """Put messages into their threads, in the given order."""
    begun = [each for each in inbound if each.goes_on is None]
    threads = threads_for({(each.channel.pk, each.thread_key) for each in begun}, at)
    _participants(begun, threads, at)
    messages = Message.objects.bulk_create(
        [
            _message(each, each.goes_on or threads[each.channel.pk, each.thread_key], at)
            for each in inbound
        ]
    )
    Attachment.objects.bulk_create(
        [
            Attachment(
                message=message,
                blob=file.blob,
                key=secrets.token_urlsafe(32),
                name=file.name[:255],
                content_id=file.content_id[:255],
                inline=file.inline,
            )
            for message, each in zip(messages, inbound, strict=True)
            for file in each.files
        ]
    )
    return messages


def threads_for(
    talks: Collection[tuple[int, str]], at: datetime
) -> Mapping[tuple[int, str], Thread]:
    """Find or begin the threads of talks, each named by the channel's id and its key there."""
    keys = sorted({(channel, key[:512]) for channel, key in talks})
    if not keys:
        return {}
    threads = {(row.channel_id, row.key): row for row in _begun(keys, at)}
    if known := set(keys) - set(threads):
        rows = Thread.objects.filter(
            channel__in={channel for channel, _key in known},
            key__in={key for _channel, key in known},
        )
        threads |= {(row.channel_id, row.key): row for row in rows}
    return threads


def _begun(keys: Sequence[tuple[int, str]], at: datetime) -> Iterable[Thread]:
    """Begin those threads that are not there; one that begins meanwhile elsewhere is waited for."""
    channels, names = zip(*keys, strict=True)
    return Thread.objects.raw(
        "INSERT INTO conversations_thread (channel_id, key, begun_at)"
        " SELECT channel, key, %s FROM unnest(%s::bigint[], %s::text[]) AS each (channel, key)"
        " ON CONFLICT DO NOTHING RETURNING id, channel_id, key, begun_at",
        [at, list(channels), list(names)],
    )


def _participants(
    inbound: Sequence[Inbound], threads: Mapping[tuple[int, str], Thread], at: datetime
) -> None:
    rows: dict[tuple[int, int], Participant] = {}
    for each in inbound:
        thread = threads[each.channel.pk, each.thread_key]
        roles = [(each.sender, ParticipantRole.REQUESTER)]
        roles += [(copied, ParticipantRole.COPIED) for copied in each.copied]
        for identity, role in roles:
            rows.setdefault(
                (thread.pk, identity.pk),
                Participant(thread=thread, identity=identity, role=role, since=at),
            )
    Participant.objects.bulk_create([rows[key] for key in sorted(rows)], ignore_conflicts=True)


def _typed(speaking: Speaking | None) -> str:
    """The name of somebody whom nobody knows; a contact's stands with them."""
    return "" if speaking is None or speaking.contact else speaking.name


def _message(each: Inbound, thread: Thread, at: datetime) -> Message:
    return Message(
        thread=thread,
        direction=Direction.INBOUND,
        kind=each.kind,
        sender=each.sender,
        speaker_id=each.speaking.contact if each.speaking else None,
        speaker_name=_typed(each.speaking),
        sender_verified=each.sender_verified,
        automatic=each.automatic,
        external_id=each.external_id[:998],
        in_reply_to=each.in_reply_to[:998],
        references=[reference[:998] for reference in each.references[-50:]],
        envelope=each.envelope.stored(),
        subject=each.subject[:998],
        text=each.text,
        new_text=each.new_text,
        html=each.html,
        intake_id=each.intake_id,
        sent_at=each.sent_at,
        recorded_at=each.recorded_at or at,
    )
