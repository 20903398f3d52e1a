"""What happened to hints."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class HintWritten(Event):
    """A hint was made, changed or archived."""

    kind: ClassVar[str] = "context.hint_written"
    subject: ClassVar[tuple[str, str]] = ("hint", "hint_id")

    hint_id: int
