"""What happened to scripts and to tickets by them; ids and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event

TICKET = ("ticket", "ticket_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptWritten(Event):
    """A script was made, its draft changed, or it was archived or brought back."""

    kind: ClassVar[str] = "scripts.written"
    subject: ClassVar[tuple[str, str]] = ("script", "script_id")

    script_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptPublished(Event):
    """The draft became a version."""

    kind: ClassVar[str] = "scripts.published"
    subject: ClassVar[tuple[str, str]] = ("script", "script_id")

    script_id: int
    version_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunBegun(Event):
    """Somebody began a script on a ticket, or took it up again after it was stopped."""

    kind: ClassVar[str] = "scripts.run_begun"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    run_id: int
    script_id: int
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunMoved(Event):
    """A step was passed, or one was gone back."""

    kind: ClassVar[str] = "scripts.run_moved"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    run_id: int
    step: int
    back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFinished(Event):
    """The script came to its end."""

    kind: ClassVar[str] = "scripts.run_finished"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    run_id: int
    script_id: int
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStopped(Event):
    """The script was stopped before its end."""

    kind: ClassVar[str] = "scripts.run_stopped"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    run_id: int
    script_id: int
    step: int
