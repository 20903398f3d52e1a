"""
Clocks: running and paused time of each round, and the instant at which it is due.

Time counts by the calendar and the pauses that held while it passed; how much there is in all
by the terms that hold last. So a pause survives a change of terms, and new terms count from then.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ambidesk.service.sla.rules.facts import Fact, Goal, Stage, Target, Terms
from ambidesk.service.sla.rules.rounds import Course, Round, Stretch, walk

NOTHING = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch within a round: whether it counts, and by which calendar; the last has no end."""

    start: datetime
    end: datetime | None
    stage: Stage
    counts: bool
    terms: Terms | None
    worked: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """
    One promise on one matter.

    `due_at` is None while it is paused before it is due; `warn_at` has the instants of its
    warnings in the same way; `used` is the working time of all pieces that have an end.
    """

    goal: Goal
    number: int
    start: datetime
    met_at: datetime | None
    target: Target
    terms: Terms
    stage: Stage
    used: timedelta
    due_at: datetime | None
    warn_at: tuple[datetime | None, ...]
    pieces: Sequence[Piece]

    @property
    def is_paused(self) -> bool:
        """Still owed, but no time passes."""
        return self.met_at is None and not self.pieces[-1].counts

    @property
    def left(self) -> timedelta:
        """Working time left when it was last paused or met; below nothing when too late."""
        return self.target.work - self.used

    def is_missed(self, at: datetime) -> bool:
        """Tell whether it was due before it was met, or is due now and not met."""
        if self.due_at is None:
            return False
        return self.due_at < self.met_at if self.met_at else self.due_at <= at


def fold(facts: Iterable[Fact]) -> list[Clock]:
    """Fold the facts of one matter, oldest first, into its clocks in the order of their start."""
    course = walk(facts)
    clocks = [clock for each in course.rounds if (clock := _clock(each, course))]
    return sorted(clocks, key=lambda clock: (clock.start, clock.goal, clock.number))


def _clock(each: Round, course: Course) -> Clock | None:
    pieces = list(_pieces(each, course.stretches))
    last = pieces[-1]
    target = last.terms.target(each.goal) if last.terms else None
    if last.terms is None or target is None:
        return None
    return Clock(
        goal=each.goal,
        number=each.number,
        start=each.start,
        met_at=each.met_at,
        target=target,
        terms=last.terms,
        stage=last.stage,
        used=sum((piece.worked for piece in pieces), start=NOTHING),
        due_at=_reached(pieces, target.work),
        warn_at=tuple(
            _reached(pieces, target.work - left) for left in target.levels if left < target.work
        ),
        pieces=pieces,
    )


def _pieces(each: Round, stretches: Sequence[Stretch]) -> Iterator[Piece]:
    """Cut the stretches to the round; at least one, if it is met in the instant it is owed."""
    for number, stretch in enumerate(stretches):
        start = max(stretch.start, each.start)
        ends = [end for end in (stretch.end, each.met_at) if end is not None]
        end = min(ends, default=None)
        is_last = number + 1 == len(stretches) or (
            each.met_at is not None and stretch.end is not None and stretch.end >= each.met_at
        )
        if end is None or end > start or (is_last and start >= each.start):
            yield _piece(each.goal, stretch, start, None if end is None else max(start, end))
        if is_last:
            return


def _piece(goal: Goal, stretch: Stretch, start: datetime, end: datetime | None) -> Piece:
    terms = stretch.terms
    target = terms.target(goal) if terms else None
    counts = target is not None and target.counts(stretch.stage)
    worked = terms.measure.between(start, end) if terms and counts and end else NOTHING
    return Piece(
        start=start, end=end, stage=stretch.stage, counts=counts, terms=terms, worked=worked
    )


def _reached(pieces: Sequence[Piece], work: timedelta) -> datetime | None:
    """Give the instant at which so much time had passed, or will have if nothing changes."""
    used = NOTHING
    for piece in pieces:
        if not piece.counts or piece.terms is None:
            continue
        if piece.end is None or used + piece.worked >= work:
            return piece.terms.measure.add(piece.start, max(work - used, NOTHING))
        used += piece.worked
    return None
