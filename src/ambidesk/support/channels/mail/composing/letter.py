"""A letter: everything that a mail of ours is made of, as plain frozen values."""

from dataclasses import dataclass, field
from datetime import datetime


class CannotBeWritten(ValueError):  # noqa: N818 a verdict about the letter
    """No valid mail can be made of the letter; `what` names the part."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A name, which may be empty, and an address."""

    name: str = ""
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that goes along; one with a `content_id` stands inside the HTML part."""

    name: str
    content_type: str
    content: bytes = field(repr=False)
    content_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What is answered: who said it when, by the clock of its brand, and its words."""

    author: str
    said_at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manager:
    """Who answers for the account of those who are written to: the name first, then as what."""

    words: tuple[str, ...]
    face: File | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """
    One message of ours, the same for all of its recipients.

    Identifiers stand without angle brackets. `html` is our composer's markup, `language` that of
    the words which the desk adds.
    """

    sender: Mailbox
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...] = ()
    message_id: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    subject: str
    text: str
    html: str = ""
    signature: str = ""
    manager: Manager | None = None
    quote: Quote | None = None
    files: tuple[File, ...] = ()
    is_automatic: bool = False
    unsubscribe: str = ""
    language: str = "en"

    @property
    def pictures(self) -> tuple[File, ...]:
        """What stands inside the HTML part."""
        face = self.manager.face if self.manager else None
        inside = tuple(file for file in self.files if file.content_id)
        return (*inside, face) if face else inside
