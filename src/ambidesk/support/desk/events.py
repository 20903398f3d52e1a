"""What happened at the desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateWritten(Event):
    """A template was made, changed or archived."""

    kind: ClassVar[str] = "desk.template_written"
    subject: ClassVar[tuple[str, str]] = ("template", "template_id")

    template_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewSaved(Event):
    """A view was saved or changed."""

    kind: ClassVar[str] = "desk.view_saved"
    subject: ClassVar[tuple[str, str]] = ("view", "view_id")

    view_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewDropped(Event):
    """A view was dropped."""

    kind: ClassVar[str] = "desk.view_dropped"
    subject: ClassVar[tuple[str, str]] = ("view", "view_id")

    view_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroWritten(Event):
    """A macro was made, changed or archived."""

    kind: ClassVar[str] = "desk.macro_written"
    subject: ClassVar[tuple[str, str]] = ("macro", "macro_id")

    macro_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroApplied(Event):
    """A macro was applied to a ticket, or this was undone; `sequences` are the entries it made."""

    kind: ClassVar[str] = "desk.macro_applied"
    subject: ClassVar[tuple[str, str]] = ("ticket", "ticket_id")

    ticket_id: int
    macro_id: int
    batch_id: int
    undone: bool
    sequences: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchBegun(Event):
    """Somebody began to change many tickets at once."""

    kind: ClassVar[str] = "desk.batch_begun"
    subject: ClassVar[tuple[str, str]] = ("batch", "batch_id")

    batch_id: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchStopped(Event):
    """Somebody stopped a batch before it was through."""

    kind: ClassVar[str] = "desk.batch_stopped"
    subject: ClassVar[tuple[str, str]] = ("batch", "batch_id")

    batch_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchUndone(Event):
    """Somebody asked for what a batch did to be undone."""

    kind: ClassVar[str] = "desk.batch_undone"
    subject: ClassVar[tuple[str, str]] = ("batch", "batch_id")

    batch_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSet(Event):
    """Somebody is to be reminded of a ticket."""

    kind: ClassVar[str] = "desk.reminder_set"
    subject: ClassVar[tuple[str, str]] = ("ticket", "ticket_id")

    ticket_id: int
    reminder_id: int
    user_id: int
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDue(Event):
    """The time of a reminder has come."""

    kind: ClassVar[str] = "desk.reminder_due"
    subject: ClassVar[tuple[str, str]] = ("ticket", "ticket_id")

    ticket_id: int
    reminder_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDone(Event):
    """What somebody was to be reminded of is done, or is to do again."""

    kind: ClassVar[str] = "desk.reminder_done"
    subject: ClassVar[tuple[str, str]] = ("ticket", "ticket_id")

    ticket_id: int
    reminder_id: int
    undone: bool
