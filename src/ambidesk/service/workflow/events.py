"""What happened to processes: ids and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessWritten(Event):
    """A process was made, its draft changed, or it was archived or brought back."""

    kind: ClassVar[str] = "workflow.written"
    subject: ClassVar[tuple[str, str]] = ("process", "process_id")

    process_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessPublished(Event):
    """The draft became a version."""

    kind: ClassVar[str] = "workflow.published"
    subject: ClassVar[tuple[str, str]] = ("process", "process_id")

    process_id: int
    version_id: int
