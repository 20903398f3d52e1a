"""
Rounds: from when until when each goal is owed, and what held meanwhile.

Instants that run backwards count as the latest before. Terms and stages hold from their fact on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ambidesk.service.sla.rules.facts import (
    Answered,
    Asked,
    Began,
    Fact,
    Goal,
    Moved,
    Promised,
    Stage,
    Terms,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time in which stage and terms stay the same; the last one has no end."""

    start: datetime
    end: datetime | None
    stage: Stage
    terms: Terms | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One time that a goal is owed; `number` counts from 1 within its goal."""

    goal: Goal
    number: int
    start: datetime
    met_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The whole way of a matter."""

    stretches: Sequence[Stretch]
    rounds: Sequence[Round]


class _Walk:
    """How far a matter has come."""

    def __init__(self) -> None:
        self._now = datetime.min.replace(tzinfo=UTC)
        self._began: datetime | None = None
        self._stage = Stage.OURS
        self._terms: Terms | None = None
        self._since = self._now
        self._stretches: list[Stretch] = []
        self._rounds: list[Round] = []
        self._open: dict[Goal, datetime] = {}
        self._counts: dict[Goal, int] = {}

    def take(self, fact: Fact) -> None:
        """Go on by one fact; what comes before the beginning only says which terms hold."""
        if self._began is None:
            self._begin(fact)
            return
        self._now = max(self._now, fact.at)
        match fact:
            case Began():
                return
            case Asked():
                # While the first answer is still owed, no further one is.
                if Goal.FIRST_RESPONSE not in self._open:
                    self._open.setdefault(Goal.NEXT_RESPONSE, self._now)
            case Answered():
                self._meet(Goal.FIRST_RESPONSE, Goal.NEXT_RESPONSE)
            case Moved(stage=stage):
                self._move(stage)
            case Promised(terms=terms):
                self._cut(self._stage, terms)

    def course(self) -> Course:
        """What came of it so far; goals that are still owed come last."""
        last = Stretch(start=self._since, end=None, stage=self._stage, terms=self._terms)
        owed = [self._round(goal, start, None) for goal, start in self._open.items()]
        return Course(
            stretches=[*self._stretches, last] if self._began else [],
            rounds=[*self._rounds, *owed],
        )

    def _begin(self, fact: Fact) -> None:
        match fact:
            case Promised(terms=terms):
                self._terms = terms
            case Began(at=at, asked=asked, stage=stage):
                self._began = self._now = self._since = at
                self._stage = stage
                self._open[Goal.RESOLUTION] = at
                if asked:
                    self._open[Goal.FIRST_RESPONSE] = at
                if stage is Stage.ENDED:
                    self._meet(*tuple(self._open))
            case _:
                return

    def _move(self, stage: Stage) -> None:
        if stage is Stage.ENDED and self._stage is not Stage.ENDED:
            # Whoever ends the matter has answered what was asked.
            self._meet(*tuple(self._open))
        elif self._stage is Stage.ENDED and stage is not Stage.ENDED:
            self._open[Goal.RESOLUTION] = self._reopened()
        self._cut(stage, self._terms)

    def _reopened(self) -> datetime:
        """Take the last solution back: it is owed since the beginning, the pause stays one."""
        done = next(each for each in reversed(self._rounds) if each.goal is Goal.RESOLUTION)
        self._rounds.remove(done)
        self._counts[Goal.RESOLUTION] -= 1
        return done.start

    def _cut(self, stage: Stage, terms: Terms | None) -> None:
        if (stage, terms) == (self._stage, self._terms):
            return
        if self._now > self._since:
            self._stretches.append(
                Stretch(start=self._since, end=self._now, stage=self._stage, terms=self._terms)
            )
        self._since, self._stage, self._terms = self._now, stage, terms

    def _meet(self, *goals: Goal) -> None:
        for goal in goals:
            if (start := self._open.pop(goal, None)) is not None:
                self._rounds.append(self._round(goal, start, self._now))
                self._counts[goal] = self._counts.get(goal, 0) + 1

    def _round(self, goal: Goal, start: datetime, met_at: datetime | None) -> Round:
        number = self._counts.get(goal, 0) + 1
        return Round(goal=goal, number=number, start=start, met_at=met_at)


def walk(facts: Iterable[Fact]) -> Course:
    """Go through the facts of one matter, oldest first."""
    way = _Walk()
    for fact in facts:
        way.take(fact)
    return way.course()
