"""What happened to widgets and their visitors."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretRotated(Event):
    """The widget has a new secret for signing."""

    kind: ClassVar[str] = "widget.secret_rotated"
    subject: ClassVar[tuple[str, str]] = ("channel", "channel_id")

    channel_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptAsked(Event):
    """A visitor had the talk sent to them by mail."""

    kind: ClassVar[str] = "widget.transcript_asked"
    subject: ClassVar[tuple[str, str]] = ("ticket", "ticket_id")

    ticket_id: int
    message_id: int
