"""What happened to those who look after companies: ids only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event

SUBJECT = ("company", "company_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyEntrusted(Event):
    """A member looks after the company from a day on, perhaps instead of another one."""

    kind: ClassVar[str] = "stewards.entrusted"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    company_id: int
    steward_id: int
    member_id: int
    instead_of_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StewardReleased(Event):
    """A member no longer looks after the company from a day on."""

    kind: ClassVar[str] = "stewards.released"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    company_id: int
    steward_id: int
    member_id: int
