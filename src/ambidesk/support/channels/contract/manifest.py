"""Manifests: what a kind of channel can do and needs, as data that screens and lanes read."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.utils.functional import Promise


class Media(StrEnum):
    """What a message may carry."""

    TEXT = "text"
    PICTURE = "picture"
    FILE = "file"
    VOICE = "voice"
    VIDEO = "video"
    STICKER = "sticker"
    CONTACT = "contact"
    PLACE = "place"


class WayIn(StrEnum):
    """How a channel hears: it is called, it asks, or its own pages hand messages in."""

    WEBHOOK = "webhook"
    POLLING = "polling"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing an administrator enters; a secret one lies sealed and is never shown again."""

    name: str
    label: str | Promise
    help: str | Promise = ""
    secret: bool = False
    required: bool = True
    initial: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How many calls a second a messenger takes: altogether, and into one talk."""

    per_second: float
    per_second_in_talk: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """
    What a kind of channel is.

    Lengths count UTF-16 units. `caption` is the text that may go with a file, 0 where none may.
    `answer_within` is how long after their last word we may write; None for always.
    `off_in` are countries (ISO 3166) in which it is not offered unless an administrator wants it.
    """

    kind: str
    title: str | Promise
    ways_in: tuple[WayIn, ...]
    brings: frozenset[Media]
    takes: frozenset[Media]
    longest_text: int
    longest_caption: int
    largest_in_bytes: int
    largest_out_bytes: int
    pace: Pace
    most_buttons: int = 0
    has_edits: bool = False
    has_receipts: bool = False
    answer_within: timedelta | None = None
    off_in: frozenset[str] = frozenset()
    settings: tuple[Setting, ...] = ()
    help: str | Promise = ""

    def offered_in(self, country: str) -> bool:
        """Say whether it is on by default there."""
        return country not in self.off_in
