"""Incidents, their tickets and what all of them are told; swarms, from which they are noticed."""

from ambidesk.support.incidents.models.incident import (
    Incident,
    IncidentQuerySet,
    IncidentState,
    Joining,
)
from ambidesk.support.incidents.models.swarm import Echo, Memory, Swarm, Term
from ambidesk.support.incidents.models.telling import Broadcast, BroadcastState, Told

__all__ = [
    "Broadcast",
    "BroadcastState",
    "Echo",
    "Incident",
    "IncidentQuerySet",
    "IncidentState",
    "Joining",
    "Memory",
    "Swarm",
    "Term",
    "Told",
]
