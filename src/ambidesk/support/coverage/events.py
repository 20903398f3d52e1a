"""What happened to the coverage of tickets: ids and enums only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event
from ambidesk.service.contracts.rules.deciding import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageDecided(Event):
    """It was decided what a ticket is; `overruled` by a person against the contract."""

    kind: ClassVar[str] = "coverage.decided"
    subject: ClassVar[tuple[str, str]] = ("ticket", "ticket_id")

    ticket_id: int
    decision_id: int
    verdict: Verdict
    overruled: bool
