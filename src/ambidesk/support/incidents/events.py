"""What happened to incidents: ids, enums and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event
from ambidesk.support.incidents.models import IncidentState

INCIDENT = ("incident", "incident_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentNoticed(Event):
    """A burst of alike tickets was proposed as an incident."""

    kind: ClassVar[str] = "incidents.noticed"
    subject: ClassVar[tuple[str, str]] = INCIDENT

    incident_id: int
    brand_id: int
    tickets: int
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentMoved(Event):
    """An incident was accepted, dismissed or closed."""

    kind: ClassVar[str] = "incidents.moved"
    subject: ClassVar[tuple[str, str]] = INCIDENT

    incident_id: int
    brand_id: int
    state: IncidentState


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketJoined(Event):
    """A ticket belongs to an incident now, or no longer."""

    kind: ClassVar[str] = "incidents.ticket_joined"
    subject: ClassVar[tuple[str, str]] = ("ticket", "ticket_id")

    ticket_id: int
    incident_id: int
    left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerSet(Event):
    """Visitors of the brand are told by a banner, or no longer."""

    kind: ClassVar[str] = "incidents.banner_set"
    subject: ClassVar[tuple[str, str]] = INCIDENT

    incident_id: int
    brand_id: int
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastWritten(Event):
    """One answer for all tickets was written, or taken back before it was said."""

    kind: ClassVar[str] = "incidents.broadcast_written"
    subject: ClassVar[tuple[str, str]] = INCIDENT

    incident_id: int
    broadcast_id: int
    withdrawn: bool
