"""Erasing: subjects, previews, notes and what was filled in on a person's tickets go."""

from datetime import datetime

from django.db import transaction

from ambidesk.parties.people.models import Person
from ambidesk.support.tickets.models import (
    Escalation,
    FieldValue,
    Note,
    NoteFile,
    ReplyToken,
    Ticket,
)
from ambidesk.support.tickets.recording import tell


@transaction.atomic
def erase_tickets(person: Person, *, at: datetime) -> list[int]:
    """
    Blank what the tickets of a person say; nobody can answer them by mail any more.

    Return ids of the contents of files that went with it.
    """
    theirs = Ticket.objects.filter(requester=person)
    Escalation.objects.filter(ticket__in=theirs).update(reason="", tried="")
    Note.objects.filter(ticket__in=theirs).update(text="")
    files = NoteFile.objects.filter(note__ticket__in=theirs)
    blobs = sorted(set(files.values_list("blob_id", flat=True)))
    files.delete()
    # Choices, and yes or no, say nothing of a person by themselves; all else may.
    FieldValue.objects.filter(ticket__in=theirs, option=None, is_yes=None).delete()
    # Where others' tickets name them, the field is empty from now on.
    named = FieldValue.objects.filter(person=person)
    tell(Ticket.objects.filter(pk__in=list(named.values_list("ticket", flat=True))))
    named.delete()
    ReplyToken.objects.filter(identity__person=person, revoked_at=None).update(revoked_at=at)
    theirs.update(subject="", preview="")
    tell(theirs)
    return blobs
