"""What happened to approvals: ids, enums and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event
from ambidesk.service.approvals.rules.deciding import Kind, Source
from ambidesk.support.approvals.models import Ended

TICKET = ("ticket", "ticket_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAsked(Event):
    """Contacts were asked, as step number `step` of those who may; the first one is 1."""

    kind: ClassVar[str] = "approvals.asked"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    approval_id: int
    approves: Kind
    step: int
    contact_ids: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAnswered(Event):
    """A contact decided."""

    kind: ClassVar[str] = "approvals.answered"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    approval_id: int
    approves: Kind
    contact_id: int
    yes: bool
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalVoided(Event):
    """It is not asked any more, or what was approved holds no longer."""

    kind: ClassVar[str] = "approvals.voided"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    approval_id: int
    approves: Kind
    why: Ended
    was_approved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalUnheard(Event):
    """Nobody is left to ask, and nobody answered."""

    kind: ClassVar[str] = "approvals.unheard"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    approval_id: int
    approves: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalTermsSet(Event):
    """Approvals are asked in another way from now on."""

    kind: ClassVar[str] = "approvals.terms_set"
    subject: ClassVar[tuple[str, str]] = ("approval_terms", "terms_id")

    terms_id: int
