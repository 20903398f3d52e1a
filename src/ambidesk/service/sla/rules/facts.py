"""
Facts: what happened to whatever a promise is about, in the promise's own words.

A holder makes them of its entries in the journal, oldest first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol


class Goal(StrEnum):
    """What is promised."""

    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    RESOLUTION = "resolution"


class Stage(StrEnum):
    """Where the matter stands; every stage but OURS may pause a clock."""

    OURS = "ours"
    REQUESTER = "requester"
    OTHER = "other"
    HOLD = "hold"
    SUSPENDED = "suspended"
    ENDED = "ended"


# Time that nobody could have worked in, whatever a policy says.
NEVER_COUNTED = frozenset({Stage.SUSPENDED, Stage.ENDED})


class Measure(Protocol):
    """What a calendar can do."""

    def add(self, start: datetime, work: timedelta) -> datetime:
        """Give the earliest instant by which so much work is done."""

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Measure the working time between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """
    One goal with its working time, the stages that pause it, and its warnings.

    `warnings` are working times left; `percents` are such as shares of the whole work.
    """

    goal: Goal
    work: timedelta
    pauses: frozenset[Stage] = frozenset()
    warnings: tuple[timedelta, ...] = ()
    percents: tuple[int, ...] = ()

    @property
    def levels(self) -> tuple[timedelta, ...]:
        """The working times left at its warnings, the earliest warning (most left) first."""
        shares = (self.work * percent / 100 for percent in self.percents)
        whole = (timedelta(seconds=round(share.total_seconds())) for share in shares)
        return tuple(sorted({*self.warnings, *whole}, reverse=True))

    def counts(self, stage: Stage) -> bool:
        """Tell whether time in a stage counts."""
        return stage not in NEVER_COUNTED and stage not in self.pauses


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is promised from some instant on; `key` names versions of a policy and a calendar."""

    key: tuple[int, int]
    measure: Measure = field(compare=False)
    targets: Sequence[Target] = field(compare=False)

    def target(self, goal: Goal) -> Target | None:
        """Give the target of a goal, if it is promised at all."""
        return next((each for each in self.targets if each.goal is goal), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Began:
    """The matter began; `asked` when somebody waits for a word of ours from then on."""

    at: datetime
    asked: bool
    stage: Stage = Stage.OURS


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The other side spoke and expects an answer."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """We gave an answer."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The matter came into a stage."""

    at: datetime
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """From now on other terms hold; None when nothing is promised any more."""

    at: datetime
    terms: Terms | None


Fact = Began | Asked | Answered | Moved | Promised
