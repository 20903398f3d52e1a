"""What was put down: ids, enums and numbers only."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


class FactKind(StrEnum):
    """What was spent."""

    WORK_LOG = "work_log"
    EXPENSE = "expense"
    PART_USE = "part_use"
    UNIT_USE = "unit_use"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRecorded(Event):
    """Time, an expense or a part was put down on a ticket, or reversed."""

    kind: ClassVar[str] = "works.fact_recorded"
    subject: ClassVar[tuple[str, str]] = ("ticket", "ticket_id")

    ticket_id: int
    asset_id: int | None
    fact: FactKind
    fact_id: int
    reverses_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetFactRecorded(Event):
    """Time, an expense or a part was put down on equipment without a ticket, or reversed."""

    kind: ClassVar[str] = "works.asset_fact_recorded"
    subject: ClassVar[tuple[str, str]] = ("asset", "asset_id")

    asset_id: int
    fact: FactKind
    fact_id: int
    reverses_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRepaired(Event):
    """A repair was done for a ticket."""

    kind: ClassVar[str] = "works.ticket_repaired"
    subject: ClassVar[tuple[str, str]] = ("ticket", "ticket_id")

    ticket_id: int
    asset_id: int
    repair_id: int
