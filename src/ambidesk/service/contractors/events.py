"""What happened to contractors: ids only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event

COMPANY = ("company", "company_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorEngaged(Event):
    """A company is called in from now on, or on other terms."""

    kind: ClassVar[str] = "contractors.engaged"
    subject: ClassVar[tuple[str, str]] = COMPANY

    company_id: int
    contractor_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorDismissed(Event):
    """A company is called in no more."""

    kind: ClassVar[str] = "contractors.dismissed"
    subject: ClassVar[tuple[str, str]] = COMPANY

    company_id: int
    contractor_id: int
