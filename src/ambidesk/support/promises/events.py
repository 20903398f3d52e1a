"""What happened to promises about tickets: ids only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsChosen(Event):
    """Other terms hold from now on; None where no policy holds."""

    kind: ClassVar[str] = "promises.terms_chosen"
    subject: ClassVar[tuple[str, str]] = ("ticket", "ticket_id")

    ticket_id: int
    policy_version_id: int | None
    calendar_version_id: int | None
