"""Erasing: subjects, previews and notes of a person's tickets go."""

from datetime import datetime

from django.db import transaction

from ambidesk.parties.people.models import Person
from ambidesk.support.tickets.models import Escalation, Note, ReplyToken, Ticket
from ambidesk.support.tickets.recording import tell


@transaction.atomic
def erase_tickets(person: Person, *, at: datetime) -> None:
    """Blank what the tickets of a person say; nobody can answer them by mail any more."""
    theirs = Ticket.objects.filter(requester=person)
    Escalation.objects.filter(ticket__in=theirs).update(reason="", tried="")
    Note.objects.filter(ticket__in=theirs).update(text="")
    ReplyToken.objects.filter(identity__person=person, revoked_at=None).update(revoked_at=at)
    theirs.update(subject="", preview="")
    tell(theirs)
