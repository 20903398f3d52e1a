"""What happened to handovers: ids, enums and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event
from ambidesk.support.handovers.rules.claim import ClaimState
from ambidesk.support.handovers.rules.standing import Standing

TICKET = ("ticket", "ticket_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverOffered(Event):
    """A contractor was asked to do a stage, or the work of a ticket."""

    kind: ClassVar[str] = "handovers.offered"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    handover_id: int
    contractor_id: int
    company_id: int
    stage: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverMoved(Event):
    """It came to stand otherwise; from done to accepted is rework."""

    kind: ClassVar[str] = "handovers.moved"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    handover_id: int
    contractor_id: int
    company_id: int
    before: Standing
    after: Standing
    reworks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverSaid(Event):
    """One of the two said something."""

    kind: ClassVar[str] = "handovers.said"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    handover_id: int
    company_id: int
    word_id: int
    is_ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverHastened(Event):
    """The client is promised something sooner, so the contractor is due sooner."""

    kind: ClassVar[str] = "handovers.hastened"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    handover_id: int
    company_id: int
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMoved(Event):
    """A vendor was asked under warranty, or the claim came to stand otherwise."""

    kind: ClassVar[str] = "handovers.claim_moved"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    handover_id: int
    company_id: int
    before: ClaimState | None
    after: ClaimState
