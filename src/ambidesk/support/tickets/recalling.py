"""
Recalling: tickets of another system, with all that happened to them, in a statement a table.

Each step changes the row and the journal as its verb would have at that time, but for what a verb
refuses (a closed ticket was changed there after all), sends or signals: history is quiet.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Event
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.people.models import Identity, Person
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.catalogue.models import Category
from ambidesk.support.conversations.models import Channel, Message
from ambidesk.support.tickets.answering import Answer, after_saying
from ambidesk.support.tickets.assigning import charged
from ambidesk.support.tickets.closing import moved
from ambidesk.support.tickets.events import (
    MessageFiled,
    NoteWritten,
    TicketAnswered,
    TicketDescribed,
    TicketOpened,
    TicketPrioritised,
)
from ambidesk.support.tickets.filing import hear
from ambidesk.support.tickets.models import Filing, Note, Priority, State, Ticket, WaitingFor
from ambidesk.support.tickets.recording import lock_many, tell
from ambidesk.support.tickets.rules.lines import FIRST

SAID_THEN = Answer(text="", to=(), due_at=datetime.min.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """
    Something that happened to a ticket at an instant.

    What is None did not change; `charge` is a member and a team, either of them nobody.
    """

    at: datetime
    by: Actor
    charge: tuple[Member | None, Team | None] | None = None
    state: State | None = None
    priority: Priority | None = None
    category: Category | None = None
    heard: Message | None = None
    said: Message | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a ticket began with there, and its steps in order."""

    brand: Brand
    channel: Channel
    requester: Person
    identity: Identity | None
    subject: str
    opened_at: datetime
    team: Team | None = None
    priority: Priority = Priority.NORMAL
    category: Category | None = None
    steps: Sequence[Step] = ()


@transaction.atomic
def recall_many(pasts: Sequence[Past], *, by: Actor, at: datetime) -> list[Ticket]:
    """Write tickets and what happened to them, in the given order; `at` is when they come in."""
    tickets = Ticket.objects.bulk_create([_begun(past) for past in pasts])
    told = _Told(at)
    for ticket, past in zip(tickets, pasts, strict=True):
        told.add(_opened(ticket), by=by, at=past.opened_at)
        told.walk(ticket, past.steps)
    told.write()
    tell(tickets)
    return tickets


@transaction.atomic
def recall_on(steps: Iterable[tuple[Ticket, Sequence[Step]]], *, at: datetime) -> None:
    """Go on with the history of tickets that were recalled before."""
    wanted = {ticket.pk: more for ticket, more in steps}
    tickets = lock_many(Ticket(pk=number) for number in wanted)
    told = _Told(at)
    for ticket in tickets:
        told.walk(ticket, wanted[ticket.pk])
    told.write()
    tell(tickets)


def _begun(past: Past) -> Ticket:
    return Ticket(
        brand=past.brand,
        channel=past.channel,
        category=past.category,
        subject=past.subject[:300],
        requester=past.requester,
        requester_identity=past.identity,
        team=past.team,
        line=past.team.line if past.team else FIRST,
        state=State.NEW,
        waiting_for=WaitingFor.US,
        priority=past.priority,
        opened_at=past.opened_at,
        last_at=past.opened_at,
        waiting_since=past.opened_at,
    )


def _opened(ticket: Ticket) -> TicketOpened:
    return TicketOpened(
        ticket_id=ticket.pk,
        person_id=ticket.requester_id,
        brand_id=ticket.brand_id,
        channel_id=ticket.channel_id,
        team_id=ticket.team_id,
    )


# What steps can have changed on a row.
CHANGED = (
    "assignee",
    "team",
    "line",
    "state",
    "waiting_for",
    "waiting_since",
    "unread",
    "priority",
    "category",
    "preview",
    "last_at",
    "last_inbound_at",
    "first_answered_at",
    "solved_at",
    "closed_at",
    "reopened_times",
)


class _Told:
    """Rows and entries of several tickets, to be written together."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._tickets: list[Ticket] = []
        self._filings: list[Filing] = []
        self._notes: list[Note] = []
        self._entries: list[tuple[Callable[[], Event], Actor, datetime]] = []

    def add(self, event: Event, *, by: Actor, at: datetime) -> None:
        """Remember an entry."""
        self._entries.append((lambda: event, by, at))

    def walk(self, ticket: Ticket, steps: Sequence[Step]) -> None:
        """Change the row by each step; remember the entries."""
        self._tickets.append(ticket)
        for step in steps:
            for event in _taken(ticket, step):
                self.add(event, by=step.by, at=step.at)
            self._words(ticket, step)
            ticket.last_at = max(ticket.last_at, step.at)

    def write(self) -> None:
        """Write rows and entries, a statement a table."""
        Ticket.objects.bulk_update(self._tickets, CHANGED, batch_size=200)
        Filing.objects.bulk_create(self._filings)
        Note.objects.bulk_create(self._notes)
        entries = [(make(), by, at) for make, by, at in self._entries]
        journal.record_many(
            [event for event, _by, _at in entries],
            by=[by for _event, by, _at in entries],
            at=[at for _event, _by, at in entries],
        )

    def _words(self, ticket: Ticket, step: Step) -> None:
        for message in (step.heard, step.said):
            if message:
                self._filings.append(Filing(ticket=ticket, message=message, filed_at=self._at))
        if step.note:
            note = Note(ticket=ticket, author_id=step.by.user_id, text=step.note, at=step.at)
            self._notes.append(note)
            # Its number is known once it is written.
            made = lambda: NoteWritten(ticket_id=ticket.pk, note_id=note.pk)  # noqa: E731
            self._entries.append((made, step.by, step.at))


def _taken(ticket: Ticket, step: Step) -> list[Event]:
    """Change the row by one step, as people do: charge, facts, words, state."""
    events: list[Event] = []
    if step.charge:
        member, team = step.charge
        line = team.line if team else None
        keys = (member.pk if member else None, team.pk if team else None)
        events += charged(ticket, keys, line=line)
    if step.priority and step.priority != ticket.priority:
        before, ticket.priority = Priority(ticket.priority), step.priority
        events.append(TicketPrioritised(ticket_id=ticket.pk, priority=step.priority, before=before))
    if step.category and step.category.pk != ticket.category_id:
        about, ticket.category = ticket.category_id, step.category
        events.append(
            TicketDescribed(ticket_id=ticket.pk, category_id=step.category.pk, before_id=about)
        )
    events += _spoken(ticket, step)
    if step.state and step.state != ticket.state:
        events.append(moved(ticket, step.state, at=step.at))
    return events


def _spoken(ticket: Ticket, step: Step) -> list[Event]:
    events: list[Event] = []
    if step.heard:
        hear(ticket, step.heard, at=step.at)
        state = State(ticket.state)
        events.append(MessageFiled(ticket_id=ticket.pk, message_id=step.heard.pk, state=state))
    if step.said:
        after_saying(ticket, step.said, said=SAID_THEN, at=step.at)
        state = State(ticket.state)
        events.append(TicketAnswered(ticket_id=ticket.pk, message_id=step.said.pk, state=state))
    return events
