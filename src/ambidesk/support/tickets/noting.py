"""Noting: internal remarks, never seen outside."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.tickets.events import NoteWritten
from ambidesk.support.tickets.following import mention_all
from ambidesk.support.tickets.models import Note, Ticket
from ambidesk.support.tickets.recording import lock_many, record_each

LONGEST = 20_000


class EmptyNote(InvalidInput):
    """A note needs words."""

    sentence = _("Write something first.")


def note(ticket: Ticket, *, text: str, by: Actor, at: datetime) -> Note:
    """
    Leave an internal remark; also on a closed ticket.

    Raises:
        EmptyNote: it has no words.
    """
    return note_many([ticket], text=text, by=by, at=at)[0]


@transaction.atomic
def note_many(tickets: Sequence[Ticket], *, text: str, by: Actor, at: datetime) -> list[Note]:
    """
    Leave the same remark on many tickets.

    Raises:
        EmptyNote: it has no words.
    """
    if not text.strip():
        raise EmptyNote(field="text")
    rows = lock_many(tickets)
    words = text.strip()[:LONGEST]
    notes = Note.objects.bulk_create(
        [Note(ticket=row, author_id=by.user_id, text=words, at=at) for row in rows]
    )
    mention_all(notes, rows, at=at)
    for row in rows:
        row.last_at = max(row.last_at, at)
    Ticket.objects.bulk_update(rows, ["last_at"])
    events = [NoteWritten(ticket_id=each.ticket_id, note_id=each.pk) for each in notes]
    record_each(events, rows, by=by, at=at)
    return notes
