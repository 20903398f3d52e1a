"""Which tickets, messages and persons an entry of the journal may have changed for search."""

from collections.abc import Sequence

from ambidesk.ground.kernel.journal import Entry
from ambidesk.parties.people.events import PersonErased, PersonsJoined, PersonsParted
from ambidesk.parties.people.models import Person
from ambidesk.support.tickets.events import (
    AnswerWithdrawn,
    MessageFiled,
    NoteWritten,
    TicketAnswered,
    TicketDescribed,
    TicketOpened,
    TicketsRegrouped,
)
from ambidesk.support.tickets.models import Filing, Ticket

SPOKEN = {MessageFiled.kind, TicketAnswered.kind, AnswerWithdrawn.kind}
DESCRIBED = {TicketOpened.kind, TicketDescribed.kind, TicketsRegrouped.kind}
REJOINED = {PersonsJoined.kind, PersonsParted.kind}
REFILED = {TicketOpened.kind, TicketsRegrouped.kind}


def touched_tickets(entries: Sequence[Entry]) -> set[int]:
    """Those that began, were renamed or regrouped, or whose requester was erased."""
    found = {entry.subject_id for entry in entries if entry.kind in DESCRIBED}
    return found | _tickets_of(erased_persons(entries))


def touched_messages(entries: Sequence[Entry]) -> set[int]:
    """Those that were said or taken back, or stand on tickets that changed as a whole."""
    found = {int(entry.data["message_id"]) for entry in entries if entry.kind in SPOKEN}
    whole = {entry.subject_id for entry in entries if entry.kind in REFILED}
    whole |= _tickets_of(erased_persons(entries))
    if whole:
        found.update(Filing.objects.filter(ticket__in=whole).values_list("message", flat=True))
    return found


def touched_notes(entries: Sequence[Entry]) -> set[int]:
    """Those that were written."""
    return {int(entry.data["note_id"]) for entry in entries if entry.kind == NoteWritten.kind}


def touched_persons(entries: Sequence[Entry]) -> set[int]:
    """Those that were met, described, joined, parted or erased, and who began a ticket."""
    found = {entry.subject_id for entry in entries if entry.subject_kind == "person"}
    wholes = [entry for entry in entries if entry.kind in REJOINED]
    ends = {entry.subject_id for entry in wholes} | {int(e.data["other_id"]) for e in wholes}
    if ends:
        one = Person.objects.filter(pk__in=ends).values("whole")
        found.update(Person.objects.filter(whole__in=one).values_list("pk", flat=True))
    opened = {e.data["person_id"] for e in entries if e.kind == TicketOpened.kind}
    return found | {int(person) for person in opened}


def erased_persons(entries: Sequence[Entry]) -> set[int]:
    """Those that were erased."""
    return {entry.subject_id for entry in entries if entry.kind == PersonErased.kind}


def _tickets_of(persons: set[int]) -> set[int]:
    if not persons:
        return set()
    return set(Ticket.objects.filter(requester__in=persons).values_list("pk", flat=True))
