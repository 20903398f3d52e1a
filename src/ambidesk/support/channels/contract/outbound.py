"""Outbound: what a connector is handed to send, and what it says of it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Something to press: it opens an address, or comes back with its value."""

    label: str
    value: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutFile:
    """A file to send."""

    name: str
    content_type: str
    content: bytes = field(repr=False)

    @property
    def is_picture(self) -> bool:
        """What messengers show in place."""
        return self.content_type in {"image/jpeg", "image/png", "image/webp"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """
    What one call sends: a message may be several, each sent once.

    `key` is the same whenever it is tried again; `to` is the identity's value, `talk` the key of
    the thread; `after` is the name of the last message that came in by it.
    """

    key: str
    to: str
    talk: str
    after: str = ""
    text: str = ""
    file: OutFile | None = None
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A file that was fetched."""

    content: bytes = field(repr=False)
    name: str = ""
