"""
Telling: one answer for all tickets of an incident.

It lies still until its time has come: taking it back before is one row. Then a lane says it by the
set form of the answer verb, some tickets at a time, each once however often it is interrupted.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import SYSTEM, Actor, ActorKind
from ambidesk.support.incidents.events import BroadcastWritten
from ambidesk.support.incidents.models import Broadcast, BroadcastState, Incident, Told
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
        NobodyToTell: there are no tickets.
    """
    if not text.strip():
        raise NothingToTell(field="text")
    if not incident.joinings.filter(left_at=None).exists():
        raise NobodyToTell
    broadcast = Broadcast.objects.create(
        incident=incident,
        text=text.strip()[:LONGEST],
        author_id=by.user_id,
        solves=solves,
        written_at=at,
        due_at=at + GRACE,
    )
    _record(broadcast, withdrawn=False, by=by, at=at)
    return broadcast


@transaction.atomic
def take_back(broadcast: Broadcast, *, by: Actor, at: datetime) -> None:
    """
    Take an answer to all back before it is said; doing so twice is doing so once.

    Raises:
        AlreadyTold: its time has come.
    """
    row = Broadcast.objects.select_for_update().select_related("incident").get(pk=broadcast.pk)
    if row.state == BroadcastState.WITHDRAWN:
        return
    if row.state != BroadcastState.WAITING or row.told.exists():
        raise AlreadyTold
    row.state = BroadcastState.WITHDRAWN
    row.save(update_fields=["state"])
    _record(row, withdrawn=True, by=by, at=at)


def tell_due(*, at: datetime) -> int:
    """Say what is due to some more tickets; say how many heard it."""
    due = Broadcast.objects.filter(state=BroadcastState.WAITING, due_at__lte=at)
    number = due.order_by("due_at").values_list("pk", flat=True).first()
    return _tell_some(number, at) if number else 0


@transaction.atomic
def _tell_some(number: int, at: datetime) -> int:
    rows = Broadcast.objects.select_for_update(skip_locked=True).filter(pk=number)
    broadcast = rows.filter(state=BroadcastState.WAITING).first()
    if broadcast is None:
        return 0
    tickets = _left(broadcast)
    by = _author(broadcast)
    said = [(ticket, _answer(ticket, broadcast, at)) for ticket in tickets]
    messages, refused = answer_many(said, by=by, at=at)
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
    if len(tickets) < AT_ONCE:
        broadcast.state = BroadcastState.SENT
        broadcast.save(update_fields=["state"])
        signal(TOPIC)
    return len(tickets)


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


def _author(broadcast: Broadcast) -> Actor:
    if broadcast.author_id is None:
        return SYSTEM
    return Actor(kind=ActorKind.USER, id=broadcast.author_id)


def _record(broadcast: Broadcast, *, withdrawn: bool, by: Actor, at: datetime) -> None:
    event = BroadcastWritten(
        incident_id=broadcast.incident_id, broadcast_id=broadcast.pk, withdrawn=withdrawn
    )
    journal.record(event, by=by, at=at)
    signal(TOPIC)
