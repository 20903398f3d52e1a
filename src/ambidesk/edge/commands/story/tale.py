"""A tale: one ticket of the story from its first word to its end, as steps at instants."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, auto

from ambidesk.edge.commands.story.people import Character
from ambidesk.edge.commands.story.scenery import Colleague


class Do(Enum):
    """What can happen in a tale."""

    HEAR = auto()
    CALL = auto()
    ANSWER = auto()
    NOTE = auto()
    TAKE = auto()
    TAG = auto()
    URGE = auto()
    HOLD = auto()
    AWAIT_OTHERS = auto()
    SNOOZE = auto()
    SOLVE = auto()
    CLOSE = auto()
    MERGE = auto()
    SPLIT = auto()
    PART_OF = auto()
    RELATE = auto()
    BOUNCE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """
    One thing that happens; `by` is the colleague who does it.

    `words` are new, `quoted` what stands below them, `other` the key of another tale; `solves` says
    that the answer is the last word.
    """

    do: Do
    at: datetime
    by: Colleague | None = None
    words: str = ""
    quoted: str = ""
    html: str = ""
    files: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()
    kind: str = "mail"
    who: Character | None = None
    other: str = ""
    lasting: timedelta = timedelta()
    names: tuple[str, ...] = ()
    solves: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tale:
    """
    One ticket; `key` is its name in the story, the same however often it is told.

    An `owner` has it from the beginning: where there is none, somebody takes it.
    """

    key: str
    brand: str
    who: Character
    subject: str
    category: str = ""
    type: str = ""
    priority: int = 2
    suspended: bool = False
    owner: Colleague | None = None
    steps: tuple[Step, ...] = field(default=())

    @property
    def begins_at(self) -> datetime:
        """When its first step happens."""
        return self.steps[0].at

    def until(self, now: datetime) -> "Tale":
        """The tale as far as it has happened: of what is still to come nothing is told."""
        return replace(self, steps=tuple(step for step in self.steps if step.at <= now))
