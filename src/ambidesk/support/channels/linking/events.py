"""What happened to links: an account joined by one, was taken off again, or was not meant."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event

SUBJECT = ("ticket", "ticket_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountJoined(Event):
    """An account of a messenger joined the person to whom the link was sent."""

    kind: ClassVar[str] = "linking.account_joined"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    channel_id: int
    identity_id: int
    link_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountParted(Event):
    """It turned out to be somebody else's, and is theirs again."""

    kind: ClassVar[str] = "linking.account_parted"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    channel_id: int
    identity_id: int
    link_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDeclined(Event):
    """Somebody brought the link and said that they are not who it was sent to."""

    kind: ClassVar[str] = "linking.declined"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    channel_id: int
