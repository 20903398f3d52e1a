"""What happened to calls: ids and enums only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event
from ambidesk.support.telephony.models import CallState, CallWay

SUBJECT = ("ticket", "ticket_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPut(Event):
    """A call came onto a ticket, or went on there."""

    kind: ClassVar[str] = "telephony.call"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    call_id: int
    way: CallWay
    state: CallState


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingKept(Event):
    """The recording of a call is here."""

    kind: ClassVar[str] = "telephony.recording"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    call_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWanted(Event):
    """A colleague wants to be connected."""

    kind: ClassVar[str] = "telephony.call_wanted"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    dial_id: int
