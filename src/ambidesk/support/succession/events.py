"""What happened to the work of people."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event
from ambidesk.support.succession.models import Way

MEMBER = ("member", "member_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkHandedOn(Event):
    """All open work of a member went on: of so many tickets, so many found nobody."""

    kind: ClassVar[str] = "succession.handed_on"
    subject: ClassVar[tuple[str, str]] = MEMBER

    member_id: int
    succession_id: int
    way: Way
    total: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTakenBack(Event):
    """A handover was undone, as far as nobody changed the tickets since."""

    kind: ClassVar[str] = "succession.taken_back"
    subject: ClassVar[tuple[str, str]] = MEMBER

    member_id: int
    succession_id: int
