"""Rejoining: an address came to another person, and the tickets that were asked by it follow."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import transaction

from ambidesk.ground.kernel.journal import Event
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.models import Identity
from ambidesk.support.tickets.events import SUBJECT
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import lock_many, record_each


@dataclass(frozen=True, slots=True, kw_only=True)
class RequesterMoved(Event):
    """Whoever asked turned out to be another person than was thought."""

    kind: ClassVar[str] = "tickets.requester_moved"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    person_id: int
    before_id: int


@transaction.atomic
def rejoin(identity: Identity, *, by: Actor, at: datetime) -> list[Ticket]:
    """Have the tickets that were asked by this address stand in its person's history."""
    asked = Ticket.objects.filter(requester_identity=identity)
    rows = lock_many(asked.exclude(requester=identity.person_id))
    events = [
        RequesterMoved(ticket_id=row.pk, person_id=identity.person_id, before_id=row.requester_id)
        for row in rows
    ]
    for row in rows:
        row.requester_id = identity.person_id
    Ticket.objects.bulk_update(rows, ["requester"])
    record_each(events, rows, by=by, at=at)
    return rows
