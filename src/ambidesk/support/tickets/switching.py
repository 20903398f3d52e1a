"""Switching: a talk goes on in another channel, which the journal tells; either side may do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import connection

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Event
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.events import SUBJECT
from ambidesk.support.tickets.models import Ticket

# The channel of the last message that stood on each ticket before these.
BEFORE = """
    SELECT DISTINCT ON (asked.message_id) asked.message_id, thread.channel_id, own.channel_id
      FROM unnest(%s::bigint[], %s::bigint[]) AS asked (ticket_id, message_id)
      JOIN conversations_message spoken ON spoken.id = asked.message_id
      JOIN conversations_thread own ON own.id = spoken.thread_id
      JOIN tickets_filing filing
        ON filing.ticket_id = asked.ticket_id AND filing.withdrawn_at IS NULL
       AND filing.message_id < asked.message_id
      JOIN conversations_message message ON message.id = filing.message_id
      JOIN conversations_thread thread ON thread.id = message.thread_id
     WHERE NOT spoken.automatic AND NOT message.automatic
     ORDER BY asked.message_id, filing.message_id DESC
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelProposed(Event):
    """One side offered to go on in another channel, or asked for it."""

    kind: ClassVar[str] = "tickets.channel_proposed"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    channel_id: int
    identity_id: int
    by_requester: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSwitched(Event):
    """The talk went on in another channel, by whoever spoke there first."""

    kind: ClassVar[str] = "tickets.channel_switched"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    message_id: int
    channel_id: int
    before_channel_id: int
    by_requester: bool


def note_switches(
    pairs: Sequence[tuple[Ticket, Message]], *, by_requester: bool, by: Actor, at: datetime
) -> None:
    """Put down which of these messages went by another channel than the last one before."""
    if not pairs:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            BEFORE, [[ticket.pk for ticket, _said in pairs], [said.pk for _ticket, said in pairs]]
        )
        found = {message: (before, now) for message, before, now in cursor.fetchall()}
    events = [
        ChannelSwitched(
            ticket_id=ticket.pk,
            message_id=message.pk,
            channel_id=found[message.pk][1],
            before_channel_id=found[message.pk][0],
            by_requester=by_requester,
        )
        for ticket, message in pairs
        if message.pk in found and found[message.pk][0] != found[message.pk][1]
    ]
    if events:
        journal.record_many(events, by=by, at=at)
