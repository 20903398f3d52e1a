"""Inbound: what came in, first raw with its key, then in the product's words; pure data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Unsigned(Exception):  # noqa: N818 says what it is
    """The call does not prove that it comes from the messenger."""


class Unreadable(Exception):  # noqa: N818 says what it is
    """It comes from the messenger and cannot be understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HookCall:
    """A webhook call as it came; names of headers are in lower case."""

    headers: Mapping[str, str]
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """
    One raw thing that came in.

    `key` is what the messenger knows it by: what comes twice is the same. `sender` is the value of
    the identity that it is about, by which erasing finds it; "" for nobody.
    """

    key: str
    raw: bytes = field(repr=False)
    sender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What asking brought; `marker` is where to go on once the items are stored."""

    items: tuple[Item, ...]
    marker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """
    Who speaks: `value` is unique over the messenger, such as telegram:12345.

    `name` and `display` are their own words, `is_verified` says that the messenger vouches for it.
    """

    value: str
    name: str = ""
    display: str = ""
    language: str = ""
    is_verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRef:
    """A file that the messenger keeps; `handle` is what `fetch` asks it by."""

    handle: str
    name: str
    content_type: str = ""
    size_bytes: int = 0
    is_inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """They said something; messages of one `album` were sent as one and become one."""

    sender: Sender
    talk: str
    external_id: str
    text: str
    said_at: datetime
    files: tuple[FileRef, ...] = ()
    answers: str = ""
    subject: str = ""
    album: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """They changed what they had said: kept beside it, the message itself stays."""

    sender: Sender
    talk: str
    external_id: str
    text: str
    edited_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """They pressed a button of a message of ours; `value` is what we had put on it."""

    sender: Sender
    talk: str
    external_id: str
    value: str
    label: str
    pressed_at: datetime
    press_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """They came to us, perhaps by a link that carries a token."""

    sender: Sender
    talk: str
    token: str
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """They do not want to hear from us any more."""

    sender: Sender
    talk: str
    left_at: datetime


class Phase(StrEnum):
    """What happens in a call."""

    RINGING = "ringing"
    ANSWERED = "answered"
    ENDED = "ended"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """
    Something happened in a call; `call` is what the exchange knows it by.

    `number` is the other side in E.164, "" where it hides; `extension` who of ours. What only ends
    says by `was_answered` whether anybody took it, None where that was told before.
    """

    call: str
    phase: Phase
    is_outgoing: bool
    number: str
    happened_at: datetime
    line: str = ""
    extension: str = ""
    was_answered: bool | None = None
    recording: FileRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """Nothing that concerns the desk; `why` is a word, such as "group"."""

    why: str


Event = Spoken | Edited | Pressed | Started | Left | Called | Ignored
