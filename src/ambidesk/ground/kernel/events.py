"""What happened to the kernel's own things, by somebody's hand."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemSettled(Event):
    """Somebody saw a problem and said that it is done with."""

    kind: ClassVar[str] = "kernel.problem_settled"
    subject: ClassVar[tuple[str, str]] = ("problem", "problem_id")

    problem_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxReleased(Event):
    """After a restore somebody let the desk send again."""

    kind: ClassVar[str] = "kernel.outbox_released"
    subject: ClassVar[tuple[str, str]] = ("outbox", "outbox_id")

    outbox_id: int = 0
