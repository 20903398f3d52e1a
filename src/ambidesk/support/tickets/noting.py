"""Noting: internal remarks, never seen outside."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.models import Blob
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.tickets.events import NoteWritten
from ambidesk.support.tickets.following import mention_all
from ambidesk.support.tickets.models import Note, NoteFile, Ticket
from ambidesk.support.tickets.recording import lock_many, record_each, write

LONGEST = 20_000


class EmptyNote(InvalidInput):
    """A note needs words."""

    sentence = _("Write something first.")


@transaction.atomic
def note(
    ticket: Ticket, *, text: str, files: Sequence[tuple[Blob, str]] = (), by: Actor, at: datetime
) -> Note:
    """
    Leave an internal remark, perhaps with files; also on a closed ticket.

    Raises:
        EmptyNote: it has no words.
    """
    (made,) = note_many([ticket], text=text, by=by, at=at)
    NoteFile.objects.bulk_create(
        [
            NoteFile(note=made, blob=blob, key=secrets.token_urlsafe(32), name=name)
            for blob, name in files
        ]
    )
    return made


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
    write(rows, ["last_at"])
    events = [NoteWritten(ticket_id=each.ticket_id, note_id=each.pk) for each in notes]
    record_each(events, rows, by=by, at=at)
    return notes
