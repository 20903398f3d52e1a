"""
Entries of the journal: append-only, ordered by (epoch, xid, sequence).

By sequence alone a reader loses entries: an older transaction may draw a later number.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


class Acting(Protocol):
    """Whoever is the `by` of a verb."""

    @property
    def kind(self) -> str:
        """The kind of actor."""

    @property
    def id(self) -> int | None:
        """The id within the kind."""

    @property
    def origin(self) -> "Origin":
        """Whether they act now, or history is loaded in their name."""

    @property
    def behalf(self) -> int | None:
        """The user whom they speak for, where they are somebody else."""


class Origin(StrEnum):
    """Where an entry comes from; outside effects take the live ones only."""

    LIVE = "live"
    IMPORT = "import"
    DEMO = "demo"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in the journal."""

    epoch: int
    xid: int
    sequence: int


BEGINNING = Position(0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened, as it lies in the journal."""

    position: Position
    at: datetime
    actor_kind: str
    actor_id: int | None
    origin: str
    kind: str
    version: int
    subject_kind: str
    subject_id: int
    data: dict[str, Any]
