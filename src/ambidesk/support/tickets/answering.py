"""Answering: we speak, on one ticket or on many; the message leaves by its deliveries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.models import Blob
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.models import Identity
from ambidesk.support.conversations.models import Channel, ChannelKind, Message
from ambidesk.support.tickets.events import TicketAnswered
from ambidesk.support.tickets.filing import preview_of
from ambidesk.support.tickets.models import Filing, State, Ticket
from ambidesk.support.tickets.outbound import (
    Addressed,
    Choice,
    Speech,
    Words,
    last_messages_with,
    speak_many,
)
from ambidesk.support.tickets.recording import lock_many_unclosed, tell_said, write
from ambidesk.support.tickets.rules.states import after_answer, waiting_for
from ambidesk.support.tickets.switching import note_switches
from ambidesk.support.tickets.ways import channels_for

# For so long an answer can be taken back before it leaves.
GRACE: Final = timedelta(seconds=10)
# What an answer changes on its ticket.
SPOKEN = (
    "last_at",
    "state",
    "waiting_for",
    "preview",
    "unread",
    "first_answered_at",
    "waiting_since",
    "snoozed_until",
    "solved_at",
)


class NobodyToAnswer(InvalidInput):
    """The answer has no recipient."""

    sentence = _("Choose at least one recipient.")


class NothingToSay(InvalidInput):
    """The answer is empty."""

    sentence = _("Write something first.")


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
    choices: tuple[Choice, ...] = ()


def answer(ticket: Ticket, said: Answer, *, by: Actor, at: datetime) -> Message:
    """
    Say something to the requester.

    Raises:
        AlreadyClosed, AlreadyMerged: the ticket is over.
        NobodyToAnswer: no recipient.
        NothingToSay: neither words nor files.
        NoChannel, TwoWays, OneInTalk: no channel of the brand reaches all of them.
    """
    messages, refused = answer_many([(ticket, said)], by=by, at=at)
    for refusal in refused.values():
        raise refusal
    return messages[ticket.pk]


@transaction.atomic
def answer_many(
    pairs: Sequence[tuple[Ticket, Answer]], *, by: Actor, at: datetime
) -> tuple[Mapping[int, Message], Mapping[int, Refusal]]:
    """Answer many tickets; give the messages and the refusals by ticket."""
    said = {ticket.pk: answer for ticket, answer in pairs}
    rows, refused = lock_many_unclosed(ticket for ticket, _said in pairs)
    refused |= {row.pk: refusal for row in rows if (refusal := _unsayable(said[row.pk]))}
    whom = {row.pk: (*said[row.pk].to, *said[row.pk].cc) for row in rows}
    channels, no_way = channels_for([(row, whom[row.pk]) for row in rows if row.pk not in refused])
    refused |= no_way
    going = [row for row in rows if row.pk not in refused]
    last = last_messages_with((row, whom[row.pk], channels[row.pk]) for row in going)
    speeches = [
        _speech(row, said[row.pk], channel=channels[row.pk], last=last.get(row.pk)) for row in going
    ]
    spoken = speak_many(speeches, by=by, at=at)
    messages = {row.pk: message for row, message in zip(going, spoken, strict=True)}
    _filed(going, messages, said, by=by, at=at)
    return messages, refused


def _unsayable(said: Answer) -> Refusal | None:
    if not said.to:
        return NobodyToAnswer(field="to")
    if not said.text.strip() and not said.files:
        return NothingToSay(field="text")
    return None


def _speech(ticket: Ticket, said: Answer, *, channel: Channel, last: Message | None) -> Speech:
    words = Words(
        text=said.text,
        html=said.html,
        subject=ticket.subject if said.subject is None else said.subject,
        automatic=said.automatic,
        answers=last,
        files=said.files,
        choices=said.choices,
    )
    return Speech(
        ticket=ticket,
        channel=channel,
        thread=last.thread if last and _goes_on(last, channel) else None,
        words=words,
        addressed=Addressed(to=said.to, cc=said.cc, due_at=said.due_at),
    )


def _goes_on(last: Message, channel: Channel) -> bool:
    """By mail a talk goes on by another mailbox too; a bot has talks of its own."""
    return channel.kind == ChannelKind.EMAIL or last.thread.channel_id == channel.pk


def _filed(
    tickets: Sequence[Ticket],
    messages: Mapping[int, Message],
    said: Mapping[int, Answer],
    *,
    by: Actor,
    at: datetime,
) -> None:
    Filing.objects.bulk_create(
        [Filing(ticket=each, message=messages[each.pk], filed_at=at) for each in tickets]
    )
    for ticket in tickets:
        after_saying(ticket, messages[ticket.pk], said=said[ticket.pk], at=at)
    write(tickets, SPOKEN)
    events = [
        TicketAnswered(ticket_id=each.pk, message_id=messages[each.pk].pk, state=State(each.state))
        for each in tickets
    ]
    journal.record_many(events, by=by, at=at)
    pairs = [(each, messages[each.pk]) for each in tickets]
    tell_said(pairs)
    note_switches(pairs, by_requester=False, by=by, at=at)


def after_saying(ticket: Ticket, message: Message, *, said: Answer, at: datetime) -> None:
    """Say on a row that the caller holds and writes that we spoke, and whose turn it is."""
    ticket.last_at = max(ticket.last_at, at)
    if not said.automatic:
        state = said.state or after_answer(State(ticket.state))
        ticket.state = state
        ticket.waiting_for = waiting_for(state)
        ticket.preview = preview_of(message) or ticket.preview
        ticket.unread = False
        ticket.first_answered_at = ticket.first_answered_at or at
        ticket.waiting_since = at
        ticket.snoozed_until = None
        ticket.solved_at = at if state is State.SOLVED else None
