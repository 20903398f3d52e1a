"""
Telling: one answer for all tickets of an incident.

It lies still until its time has come: taking it back before is one row. Then a lane says it by the
set form of the answer verb, some tickets at a time, each once however often it is interrupted, and
each time asks anew whether its author may and whom it concerns.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.ground.reach.granting import actor_of
from ambidesk.support.incidents.events import BroadcastWritten
from ambidesk.support.incidents.gathering import AnotherBrand, follow_merges, locked
from ambidesk.support.incidents.models import (
    Broadcast,
    BroadcastState,
    Incident,
    IncidentState,
    Told,
)
from ambidesk.support.incidents.rights import IncidentRight
from ambidesk.support.incidents.topic import TOPIC
from ambidesk.support.tickets.answering import Answer, answer_many
from ambidesk.support.tickets.models import State, Ticket

# The time in which an answer to all can be taken back.
GRACE = timedelta(seconds=30)
LONGEST = 20_000
AT_ONCE = 50


class NothingToTell(InvalidInput):
    """The words are missing."""

    sentence = _("Write what everybody shall read.")


class NotOpen(Refusal):
    """Only an open incident can be told about or closed."""

    sentence = _("Accept the incident first.")


class SaidAlready(Refusal):
    """A second press of the same button."""

    sentence = _("These words are on their way already.")


class OutOfSight(Refusal):
    """Its author does not see the ticket any more."""

    sentence = _("Its author does not see this ticket any more.")


class NobodyToTell(Refusal):
    """It has no tickets."""

    sentence = _("No ticket belongs to this incident.")


class AlreadyTold(Refusal):
    """It is being said."""

    sentence = _("This has already been sent and cannot be taken back.")


@transaction.atomic
def answer_all(
    incident: Incident, *, text: str, solves: bool = False, by: Actor, at: datetime
) -> Broadcast:
    """
    Answer all tickets of an incident, half a minute from now.

    Raises:
        NothingToTell: there are no words.
        NotOpen: the incident is not open.
        NobodyToTell: there are no tickets.
        SaidAlready: the same words wait to be said.
    """
    words = text.strip()[:LONGEST]
    if not words:
        raise NothingToTell(field="text")
    incident = locked(incident)
    if incident.state != IncidentState.OPEN:
        raise NotOpen
    if not incident.joinings.filter(left_at=None).exists():
        raise NobodyToTell
    if incident.broadcasts.filter(state=BroadcastState.WAITING, text=words).exists():
        raise SaidAlready
    broadcast = Broadcast.objects.create(
        incident=incident,
        text=words,
        author_id=by.user_id,
        solves=solves,
        written_at=at,
        due_at=at + GRACE,
    )
    _record(broadcast, withdrawn=False, by=by, at=at)
    return broadcast


@transaction.atomic
def take_back(broadcast: Broadcast, *, by: Actor, at: datetime) -> int:
    """
    Take an answer to all back, from those who were not told yet; say how many were.

    Doing so twice is doing so once.

    Raises:
        AlreadyTold: all have been told.
    """
    row = Broadcast.objects.select_for_update().select_related("incident").get(pk=broadcast.pk)
    told = row.told.filter(refusal="").count()
    if row.state == BroadcastState.WITHDRAWN:
        return told
    if row.state != BroadcastState.WAITING:
        raise AlreadyTold
    row.state = BroadcastState.WITHDRAWN
    row.save(update_fields=["state"])
    _record(row, withdrawn=True, by=by, at=at)
    return told


def tell_due(*, at: datetime) -> int:
    """Say what is due to some more tickets; say how many heard it."""
    due = Broadcast.objects.filter(state=BroadcastState.WAITING, due_at__lte=at)
    broadcast = due.order_by("due_at", "pk").first()
    return tell_some(broadcast, at=at) if broadcast else 0


@transaction.atomic
def tell_some(broadcast: Broadcast, *, by: Actor | None = None, at: datetime) -> int:
    """
    Say it to some more tickets, in the name of its author or of who is given; say to how many.

    0 when all heard it, when its author may not any more, or when somebody else is at it.
    """
    rows = Broadcast.objects.select_for_update(skip_locked=True, of=("self",))
    waiting = rows.filter(pk=broadcast.pk, state=BroadcastState.WAITING)
    row = waiting.select_related("author", "incident").first()
    if row is None:
        return 0
    by = by or (SYSTEM if row.author is None else actor_of(row.author))
    if by != SYSTEM and not by.may(IncidentRight.TELL):
        _end(row, BroadcastState.STOPPED)
        return 0
    follow_merges(row.incident, by=SYSTEM, at=at)
    tickets = _left(row)
    _say(row, tickets, by=by, at=at)
    if len(tickets) < AT_ONCE:
        _end(row, BroadcastState.SENT)
    signal(TOPIC)
    return len(tickets)


def _say(broadcast: Broadcast, tickets: Sequence[Ticket], *, by: Actor, at: datetime) -> None:
    refused = _unfit(tickets, broadcast.incident, by)
    said = [(each, _answer(each, broadcast, at)) for each in tickets if each.pk not in refused]
    messages, unsaid = answer_many(said, by=by, at=at)
    refused |= unsaid
    Told.objects.bulk_create(
        [
            Told(
                broadcast=broadcast,
                ticket=ticket,
                message=messages.get(ticket.pk),
                refusal=refused[ticket.pk].code[:60] if ticket.pk in refused else "",
            )
            for ticket in tickets
        ]
    )


def _end(broadcast: Broadcast, state: BroadcastState) -> None:
    broadcast.state = state
    broadcast.save(update_fields=["state"])
    signal(TOPIC)


def _unfit(tickets: Sequence[Ticket], incident: Incident, by: Actor) -> dict[int, Refusal]:
    """Whom its author may not tell, or no longer."""
    numbers = [each.pk for each in tickets]
    seen = set(numbers)
    if by != SYSTEM:
        visible = Ticket.objects.visible_to(by).filter(pk__in=numbers)
        seen = set(visible.values_list("pk", flat=True))
    refused: dict[int, Refusal] = {pk: OutOfSight() for pk in numbers if pk not in seen}
    others = [each.pk for each in tickets if each.brand_id != incident.brand_id]
    return refused | {pk: AnotherBrand() for pk in others}


def _left(broadcast: Broadcast) -> Sequence[Ticket]:
    """Tickets that have not heard it yet; who joins while it is said hears it too."""
    rows = Ticket.objects.filter(
        joinings__incident=broadcast.incident_id, joinings__left_at=None
    ).exclude(pk__in=Told.objects.filter(broadcast=broadcast).values("ticket"))
    return list(rows.select_related("requester_identity").order_by("pk")[:AT_ONCE])


def _answer(ticket: Ticket, broadcast: Broadcast, at: datetime) -> Answer:
    identity = ticket.requester_identity
    return Answer(
        text=broadcast.text,
        to=(identity,) if identity else (),
        due_at=at,
        state=State.SOLVED if broadcast.solves else None,
    )


def _record(broadcast: Broadcast, *, withdrawn: bool, by: Actor, at: datetime) -> None:
    event = BroadcastWritten(
        incident_id=broadcast.incident_id, broadcast_id=broadcast.pk, withdrawn=withdrawn
    )
    journal.record(event, by=by, at=at)
    signal(TOPIC)
