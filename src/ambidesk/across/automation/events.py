"""What happened to rules and to tickets by them; ids, enums and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.across.automation.models import RunState
from ambidesk.ground.kernel.journal import Event

RULE, TICKET = ("rule", "rule_id"), ("ticket", "ticket_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWritten(Event):
    """A rule was made, or says something else from now on; or it has another name."""

    kind: ClassVar[str] = "automation.rule_written"
    subject: ClassVar[tuple[str, str]] = RULE

    rule_id: int
    version_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSwitched(Event):
    """A rule acts from now on, or does so no longer."""

    kind: ClassVar[str] = "automation.rule_switched"
    subject: ClassVar[tuple[str, str]] = RULE

    rule_id: int
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleArchived(Event):
    """A rule was put away, or taken up again."""

    kind: ClassVar[str] = "automation.rule_archived"
    subject: ClassVar[tuple[str, str]] = RULE

    rule_id: int
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesOrdered(Event):
    """Rules act in another order; the first of them is the subject."""

    kind: ClassVar[str] = "automation.rules_ordered"
    subject: ClassVar[tuple[str, str]] = RULE

    rule_id: int
    rule_ids: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRan(Event):
    """A rule ran on a ticket, could not, or was stopped."""

    kind: ClassVar[str] = "automation.rule_ran"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    rule_id: int
    version_id: int
    run_id: int
    outcome: RunState


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffNotified(Event):
    """A rule drew colleagues' attention to the ticket; `count` is how many were meant."""

    kind: ClassVar[str] = "automation.staff_notified"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookCalled(Event):
    """A rule told another system of the ticket."""

    kind: ClassVar[str] = "automation.webhook_called"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    webhook_id: int
