"""Deciding: a proposed incident is accepted or dismissed; an open one is closed and all hear it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.incidents.events import IncidentMoved
from ambidesk.support.incidents.gathering import let_all_go, locked
from ambidesk.support.incidents.models import (
    Broadcast,
    BroadcastState,
    Incident,
    IncidentState,
)
from ambidesk.support.incidents.telling import NotOpen, answer_all, take_back
from ambidesk.support.incidents.topic import TOPIC, banner_topic


class AlreadyDecided(Refusal):
    """Somebody was quicker."""

    sentence = _("Somebody has decided this already.")


class NoTitle(InvalidInput):
    """An incident has a name."""

    sentence = _("Give the incident a name.")


@transaction.atomic
def accept(incident: Incident, *, title: str, by: Actor, at: datetime) -> Incident:
    """
    Call it an incident; alike tickets join from now on.

    Raises:
        AlreadyDecided: it is not proposed any more.
        NoTitle: the name is empty.
    """
    if not title.strip():
        raise NoTitle(field="title")
    incident = locked(incident)
    if incident.state != IncidentState.PROPOSED:
        raise AlreadyDecided
    incident.title = title.strip()[:200]
    return _move(incident, IncidentState.OPEN, by=by, at=at)


@transaction.atomic
def dismiss(incident: Incident, *, by: Actor, at: datetime) -> Incident:
    """
    Call it chance; its tickets are let go, and alike ones are not proposed again meanwhile.

    Raises:
        AlreadyDecided: it is not proposed any more.
    """
    incident = locked(incident)
    if incident.state != IncidentState.PROPOSED:
        raise AlreadyDecided
    let_all_go(incident, by=by, at=at)
    return _move(incident, IncidentState.DISMISSED, by=by, at=at)


@transaction.atomic
def close(incident: Incident, *, text: str, by: Actor, at: datetime) -> Broadcast | None:
    """
    Call it over: the banner goes, and all are told where there are words for it.

    Raises:
        NotOpen: it is not open.
        NobodyToTell, SaidAlready: see telling.
    """
    incident = locked(incident)
    if incident.state != IncidentState.OPEN:
        raise NotOpen
    incident.banner_ru, incident.banner_en, incident.banner_since = "", "", None
    signal(banner_topic(incident.brand_id))
    told = None
    if text.strip():
        told = answer_all(incident, text=text, solves=True, by=by, at=at)
    incident.closed_at = at
    _move(incident, IncidentState.CLOSED, by=by, at=at)
    return told


@transaction.atomic
def reopen(incident: Incident, *, by: Actor, at: datetime) -> Incident:
    """
    Call it open again, as when it was closed by mistake; what waits to be told is taken back.

    Raises:
        AlreadyDecided: it is not closed.
    """
    incident = locked(incident)
    if incident.state != IncidentState.CLOSED:
        raise AlreadyDecided
    incident.closed_at = None
    for broadcast in incident.broadcasts.filter(state=BroadcastState.WAITING, solves=True):
        take_back(broadcast, by=by, at=at)
    return _move(incident, IncidentState.OPEN, by=by, at=at)


def _move(incident: Incident, state: IncidentState, *, by: Actor, at: datetime) -> Incident:
    incident.state = state
    incident.decided_at = incident.decided_at or at
    incident.save()
    event = IncidentMoved(incident_id=incident.pk, brand_id=incident.brand_id, state=state)
    journal.record(event, by=by, at=at)
    signal(TOPIC)
    return incident
