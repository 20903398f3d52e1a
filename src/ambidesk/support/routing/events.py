"""What happened in queues and to operators: ids, enums and numbers only."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event
from ambidesk.support.routing.models import AwayBecause, Status

TICKET = ("ticket", "ticket_id")


class How(StrEnum):
    """By which way work reached a person."""

    PULLED = "pulled"
    PUSHED = "pushed"
    # By weighed reasons, which stand in its choice.
    MATCHED = "matched"


class Because(StrEnum):
    """Why something came back into a queue."""

    GONE = "gone"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkTaken(Event):
    """
    Somebody got a ticket from a queue; everything that decided it stands here.

    `load` is their weight with it; `idle_seconds` how long nothing had been given to them.
    """

    kind: ClassVar[str] = "routing.taken"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    member_id: int
    team_id: int
    how: How
    returned: bool
    waited_seconds: int
    expected_seconds: int | None
    idle_seconds: int
    weight: int
    load: int
    capacity: int
    skill_ids: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkQueued(Event):
    """A ticket waits for a free member of the team."""

    kind: ClassVar[str] = "routing.queued"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    team_id: int
    skill_ids: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkReturned(Event):
    """
    A ticket came back to the top of the queue, or of whom it waits for.

    `member_id` is who held it, `reserved` whether it still waits for them.
    """

    kind: ClassVar[str] = "routing.returned"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    team_id: int
    member_id: int
    because: Because
    reserved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkReleased(Event):
    """Somebody no longer holds a ticket."""

    kind: ClassVar[str] = "routing.released"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    member_id: int
    team_id: int
    held_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkLeft(Event):
    """A ticket left the queue without anybody having taken it from there."""

    kind: ClassVar[str] = "routing.left"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    team_id: int
    waited_seconds: int
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkOverflowed(Event):
    """A ticket waited for too long and went on to another team by its queue's rule."""

    kind: ClassVar[str] = "routing.overflowed"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    team_id: int
    before_team_id: int
    waited_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSet(Event):
    """An operator is online, busy, away or invisible now; `because` where the desk decided."""

    kind: ClassVar[str] = "routing.status_set"
    subject: ClassVar[tuple[str, str]] = ("member", "member_id")

    member_id: int
    status: Status
    before: Status
    because: AwayBecause | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacitySet(Event):
    """So much weight fits an operator from now on."""

    kind: ClassVar[str] = "routing.capacity_set"
    subject: ClassVar[tuple[str, str]] = ("member", "member_id")

    member_id: int
    capacity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorMoved(Event):
    """A member works for another team from now on."""

    kind: ClassVar[str] = "routing.operator_moved"
    subject: ClassVar[tuple[str, str]] = ("member", "member_id")

    member_id: int
    team_id: int
    before_team_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueArranged(Event):
    """The queue of a team was set up or changed."""

    kind: ClassVar[str] = "routing.queue_arranged"
    subject: ClassVar[tuple[str, str]] = ("team", "team_id")

    team_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsArranged(Event):
    """Which tickets need a skill was changed."""

    kind: ClassVar[str] = "routing.needs_arranged"
    subject: ClassVar[tuple[str, str]] = ("skill", "skill_id")

    skill_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsArranged(Event):
    """A kind of channel weighs something else; the subject is nothing but the table itself."""

    kind: ClassVar[str] = "routing.weights_arranged"
    subject: ClassVar[tuple[str, str]] = ("routing", "weight")

    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsSet(Event):
    """Reasons are weighed in another way when work of clients is given out."""

    kind: ClassVar[str] = "routing.terms_set"
    subject: ClassVar[tuple[str, str]] = ("routing_terms", "terms_id")

    terms_id: int
