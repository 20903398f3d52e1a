"""
Beside: what is known of a ticket beside its own journal, and the facts that this makes.

A promise counts on the day on which it was kept or broken, whichever came first; what was spent
on the day for which it was put down, a reversal taking it from that very day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from ambidesk.across.insight.rules.facts import NOTHING_SAID, About, Fact, FactKind
from ambidesk.across.insight.rules.trail import Trail
from ambidesk.service.sla.rules.clocks import Clock
from ambidesk.service.sla.rules.facts import Goal

# The value of a promise's fact says what was promised.
GOALS = {Goal.FIRST_RESPONSE: 1, Goal.NEXT_RESPONSE: 2, Goal.RESOLUTION: 3}
OF_STAGE = 4
WORKED = {
    Goal.FIRST_RESPONSE: FactKind.ANSWER_WORKED,
    Goal.RESOLUTION: FactKind.SOLVE_WORKED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What was put down: `at` is the beginning of its day, `cents` are hundredths."""

    at: datetime
    told_at: datetime
    seconds: int = 0
    cents: int = 0
    currency: str = ""
    member: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """A clock; `stage` where it is of a stay in one."""

    clock: Clock
    stage: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """
    What a ticket is about, the clocks of its promises and what was spent.

    `places` gives what the numbers of a version's stages are counted from; `known_until` is the
    latest instant that anything was told of the ticket or its promises: what was due before that
    and is not kept is broken.
    """

    about: About = NOTHING_SAID
    clocks: Sequence[Timed] = ()
    spent: Sequence[Spent] = ()
    places: Mapping[int, int] = field(default_factory=dict)
    known_until: datetime | None = None


def promised(beside: Beside, trail: Trail) -> Iterator[Fact]:
    """Give what was kept and broken, and how long it took by the calendar of the promise."""
    for timed in beside.clocks:
        clock = timed.clock
        if (at := _decided_at(clock, beside.known_until)) is None:
            continue
        goal = OF_STAGE if timed.stage is not None else GOALS[clock.goal]
        is_broken = clock.due_at is not None and (
            clock.met_at is None or clock.due_at < clock.met_at
        )
        yield _fact(FactKind.PROMISED, at, trail, value=goal, flag=is_broken, stage=timed.stage)
        if timed.stage is None and clock.met_at is not None and clock.goal in WORKED:
            seconds = max(0, int(clock.used.total_seconds()))
            yield _fact(WORKED[clock.goal], clock.met_at, trail, value=seconds)


def paid(beside: Beside, trail: Trail) -> Iterator[Fact]:
    """Give what was spent: time and money are facts of their own."""
    for each in beside.spent:
        standing = trail.at(each.told_at)
        place = replace(standing.place, member=each.member or standing.place.member)
        for kind, value in ((FactKind.LABOUR, each.seconds), (FactKind.COST, each.cents)):
            if value:
                yield Fact(
                    kind=kind,
                    at=each.at,
                    place=place,
                    value=value,
                    flag=value < 0,
                    stage=standing.stage,
                    currency=each.currency if kind is FactKind.COST else "",
                )


def _decided_at(clock: Clock, known_until: datetime | None) -> datetime | None:
    if clock.met_at is not None:
        return clock.met_at if clock.due_at is None else min(clock.met_at, clock.due_at)
    if clock.due_at is None or known_until is None or clock.due_at > known_until:
        return None
    return clock.due_at


def _fact(
    kind: FactKind,
    at: datetime,
    trail: Trail,
    *,
    value: int,
    flag: bool = False,
    stage: int | None = None,
) -> Fact:
    standing = trail.at(at)
    return Fact(
        kind=kind,
        at=at,
        place=standing.place,
        value=value,
        flag=flag,
        stage=standing.stage if stage is None else stage,
    )
