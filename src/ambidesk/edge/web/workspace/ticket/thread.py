"""The thread of a ticket as it is read: messages, notes and events in one order, days apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from ambidesk.edge.web.workspace.ticket.markup import has_remote, is_complex, simple
from ambidesk.edge.web.workspace.ticket.sentences import Event, event_of
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Entry
from ambidesk.support.conversations.envelope import Envelope
from ambidesk.support.conversations.models import (
    Attachment,
    Delivery,
    DeliveryState,
    Direction,
    Message,
)
from ambidesk.support.tickets.models import Note, Ticket

# What is shown at once; the rest of a long thread is folded.
SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How far a message of ours got with one recipient."""

    address: str
    state: str
    label: str
    due_at: datetime
    words: str

    @property
    def is_bad(self) -> bool:
        """It did not arrive."""
        return self.state in {DeliveryState.REFUSED, DeliveryState.BOUNCED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A message as it is shown."""

    id: int
    at: datetime
    is_inbound: bool
    kind: str
    kind_label: str
    name: str
    address: str
    is_verified: bool
    is_automatic: bool
    envelope: Envelope
    text: str
    folded: str
    markup: str
    is_framed: bool
    has_remote: bool
    files: tuple[Attachment, ...]
    sent: tuple[Sent, ...]
    can_withdraw: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A note as it is shown."""

    id: int
    at: datetime
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the thread: a message, a note, or events folded together."""

    at: datetime
    message: Utterance | None = None
    note: Remark | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The rows that are shown, how many older messages are folded, the newest message's id."""

    rows: tuple[Row, ...]
    older: int
    newest: int


def read_thread(ticket: Ticket, *, at: datetime, whole: bool = False) -> Conversation:
    """Read a ticket's thread; without `whole` only its newest messages."""
    filed = Message.objects.filter(filings__ticket=ticket, filings__withdrawn_at=None)
    newest = filed.order_by("-pk").select_related("sender", "author")
    newest = newest.prefetch_related(
        Prefetch("attachments", Attachment.objects.select_related("blob").order_by("pk")),
        Prefetch("deliveries", Delivery.objects.select_related("recipient").order_by("pk")),
    )
    messages = list(newest if whole else newest[: SHOWN + 1])
    older = 0
    if not whole and len(messages) > SHOWN:
        older = filed.count() - SHOWN
        messages = messages[:SHOWN]
    rows = [Row(at=each.recorded_at, message=_utterance(each, at)) for each in messages]
    since = min((row.at for row in rows), default=ticket.opened_at) if older else None
    rows += _notes(ticket, since)
    rows += _events(journal.entries_of("ticket", ticket.pk), since)
    rows.sort(key=lambda row: row.at)
    return Conversation(
        rows=_folded(rows), older=older, newest=max((m.pk for m in messages), default=0)
    )


def _utterance(message: Message, at: datetime) -> Utterance:
    envelope = Envelope.read(message.envelope)
    inbound = message.direction == Direction.INBOUND
    framed = inbound and is_complex(message.html)
    new = message.new_text or message.text
    return Utterance(
        id=message.pk,
        at=message.recorded_at,
        is_inbound=inbound,
        kind=message.kind,
        kind_label=message.get_kind_display(),
        name=_name(message, envelope),
        address=message.sender.value if message.sender else "",
        is_verified=message.sender_verified or not inbound,
        is_automatic=message.automatic,
        envelope=envelope,
        text=new,
        folded=message.text if message.text.strip() != new.strip() else "",
        markup="" if framed or inbound else simple(message.html),
        is_framed=framed,
        has_remote=framed and has_remote(message.html),
        files=tuple(each for each in message.attachments.all() if not each.inline or not framed),
        sent=tuple(_sent(each) for each in message.deliveries.all()),
        can_withdraw=_can_withdraw(message.deliveries.all(), at),
    )


def _name(message: Message, envelope: Envelope) -> str:
    if message.author:
        return message.author.name or message.author.email
    if envelope.sender:
        return envelope.sender[0].label
    return message.sender.name or message.sender.value if message.sender else ""


def _sent(delivery: Delivery) -> Sent:
    return Sent(
        address=delivery.recipient.value,
        state=delivery.state,
        label=delivery.get_state_display(),
        due_at=delivery.due_at,
        words=delivery.words,
    )


def _can_withdraw(deliveries: Iterable[Delivery], at: datetime) -> bool:
    rows = list(deliveries)
    return bool(rows) and all(
        row.state == DeliveryState.WAITING and row.due_at > at and not row.attempts for row in rows
    )


def _notes(ticket: Ticket, since: datetime | None) -> list[Row]:
    notes = Note.objects.filter(ticket=ticket).select_related("author").order_by("pk")
    if since:
        notes = notes.filter(at__gte=since)
    return [
        Row(
            at=note.at,
            note=Remark(
                id=note.pk,
                at=note.at,
                name=(note.author.name or note.author.email) if note.author else "",
                text=note.text,
            ),
        )
        for note in notes
    ]


def _events(entries: Sequence[Entry], since: datetime | None) -> list[Row]:
    told = [event_of(entry) for entry in _after(entries, since)]
    return [Row(at=event.at, events=(event,)) for event in told if event]


def _after(entries: Sequence[Entry], since: datetime | None) -> Iterable[Entry]:
    return (entry for entry in entries if since is None or entry.at >= since)


def _folded(rows: Sequence[Row]) -> tuple[Row, ...]:
    folded: list[Row] = []
    for row in rows:
        if row.events and folded and folded[-1].events:
            folded[-1] = Row(at=row.at, events=folded[-1].events + row.events)
        else:
            folded.append(row)
    return tuple(folded)
