"""What happened to calendars, policies and promises: ids and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarArranged(Event):
    """A calendar was made, changed, archived or taken up again."""

    kind: ClassVar[str] = "sla.calendar_arranged"
    subject: ClassVar[tuple[str, str]] = ("service_calendar", "calendar_id")

    calendar_id: int
    version_id: int
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyArranged(Event):
    """A policy was made, changed, archived or taken up again."""

    kind: ClassVar[str] = "sla.policy_arranged"
    subject: ClassVar[tuple[str, str]] = ("sla_policy", "policy_id")

    policy_id: int
    version_id: int
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseWarned(Event):
    """
    A warning of a clock was reached, or, with nothing left, its breach; `level` is from 1.

    Entries of before say nothing of the policy.
    """

    kind: ClassVar[str] = "sla.warned"
    subject: ClassVar[tuple[str, str]] = ("promise", "promise_id")

    promise_id: int
    clock_id: int
    level: int
    breached: bool
    policy_id: int | None = None
