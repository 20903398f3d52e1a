"""What happened to charges and penalties: ids and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCharged(Event):
    """Lines were made of a fact, or taken back with it."""

    kind: ClassVar[str] = "charges.work_charged"
    subject: ClassVar[tuple[str, str]] = ("coverage", "coverage_id")

    coverage_id: int
    source_id: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyExcused(Event):
    """A person said that a breach costs nothing."""

    kind: ClassVar[str] = "charges.penalty_excused"
    subject: ClassVar[tuple[str, str]] = ("contract", "contract_id")

    contract_id: int
    excusal_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltiesCounted(Event):
    """The penalties of a period of a contract are others than before."""

    kind: ClassVar[str] = "charges.penalties_counted"
    subject: ClassVar[tuple[str, str]] = ("contract", "contract_id")

    contract_id: int
    penalties: int
