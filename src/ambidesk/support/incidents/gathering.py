"""Gathering: tickets join an incident, by their likeness or by hand, and leave it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.incidents.events import TicketJoined
from ambidesk.support.incidents.models import Echo, Incident, Joining, Swarm
from ambidesk.support.incidents.topic import TOPIC
from ambidesk.support.tickets.models import Ticket


class IncidentOver(Refusal):
    """It gathers nothing any more."""

    sentence = _("This incident is over. Nothing can be added to it.")


class AnotherBrand(Refusal):
    """An incident is one brand's."""

    sentence = _("The ticket belongs to another brand than the incident.")


@transaction.atomic
def join(incident: Incident, ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """
    Add a ticket by hand; one that is there stays, one of another incident changes over.

    Raises:
        IncidentOver: it gathers nothing any more.
        AnotherBrand: the ticket is another brand's.
    """
    incident = locked(incident)
    if not incident.is_alive:
        raise IncidentOver
    if ticket.brand_id != incident.brand_id:
        raise AnotherBrand
    here = Joining.objects.select_for_update().filter(ticket=ticket, left_at=None).first()
    if here and here.incident_id == incident.pk:
        return
    if here:
        _leave(here, by=by, at=at)
    _enter(incident, ticket, by_hand=True, by=by, at=at)


@transaction.atomic
def leave(incident: Incident, ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """Take a ticket out; one that is not there stays out."""
    rows = Joining.objects.select_for_update().filter(incident=incident, ticket=ticket)
    for joining in rows.filter(left_at=None):
        _leave(joining, by=by, at=at)
    _tell([ticket.pk])


def gather(incident: Incident, swarm: Swarm, *, since: datetime, by: Actor, at: datetime) -> None:
    """Let the tickets of a swarm join, those excepted that somebody took out or that joined."""
    if not locked(incident).is_alive:
        return
    echoes = Echo.objects.filter(swarm=swarm, at__gt=since)
    known = Joining.objects.filter(Q(incident=incident) | Q(left_at=None), ticket=OuterRef("pk"))
    numbers = sorted(echoes.filter(~Exists(known)).values_list("pk", flat=True))
    Joining.objects.bulk_create(
        [Joining(incident=incident, ticket_id=each, by_hand=False, at=at) for each in numbers],
        ignore_conflicts=True,
    )
    events = [TicketJoined(ticket_id=each, incident_id=incident.pk, left=False) for each in numbers]
    journal.record_many(events, by=by, at=at)
    if numbers:
        _tell(numbers)


def let_all_go(incident: Incident, *, by: Actor, at: datetime) -> None:
    """Take every ticket out."""
    rows = incident.joinings.select_for_update().filter(left_at=None).order_by("pk")
    numbers = list(rows.values_list("ticket", flat=True))
    incident.joinings.filter(left_at=None).update(left_at=at)
    events = [TicketJoined(ticket_id=each, incident_id=incident.pk, left=True) for each in numbers]
    journal.record_many(events, by=by, at=at)
    _tell(numbers)


def follow_merges(incident: Incident, *, by: Actor, at: datetime) -> None:
    """Let what tickets were merged into stand for them, where it may."""
    rows = incident.joinings.select_for_update(of=("self",)).filter(left_at=None)
    merged = rows.exclude(ticket__merged_into=None).select_related("ticket__merged_into")
    for joining in merged.order_by("pk"):
        target = joining.ticket.merged_into
        while target and target.merged_into:
            target = target.merged_into
        _leave(joining, by=by, at=at)
        elsewhere = Joining.objects.filter(ticket=target, left_at=None).exists()
        if target and target.brand_id == incident.brand_id and not elsewhere:
            _enter(incident, target, by_hand=joining.by_hand, by=by, at=at)


def locked(incident: Incident) -> Incident:
    """Lock the row and read it afresh."""
    return Incident.objects.select_for_update().get(pk=incident.pk)


def _enter(incident: Incident, ticket: Ticket, *, by_hand: bool, by: Actor, at: datetime) -> None:
    Joining.objects.create(incident=incident, ticket=ticket, by_hand=by_hand, at=at)
    event = TicketJoined(ticket_id=ticket.pk, incident_id=incident.pk, left=False)
    journal.record(event, by=by, at=at)
    _tell([ticket.pk])


def _leave(joining: Joining, *, by: Actor, at: datetime) -> None:
    joining.left_at = at
    joining.save(update_fields=["left_at"])
    event = TicketJoined(ticket_id=joining.ticket_id, incident_id=joining.incident_id, left=True)
    journal.record(event, by=by, at=at)


def _tell(numbers: Collection[int]) -> None:
    signal(TOPIC)
    for number in numbers:
        signal(f"ticket:{number}")
