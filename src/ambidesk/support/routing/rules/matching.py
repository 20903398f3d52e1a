"""
Matching: who gets a piece of work, by weighed reasons, and why nobody else; pure.

Refusals come first: who is absent, away, without a skill or without room is given nothing, whatever
the weights. Of the others whoever has most points is chosen, then whoever has been idle longest.
With weights of nought this is the longest idle, as talks of consumers are given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

# Of these levels of skills one works alone, of the next one teaches others.
LEARNS, ALONE, TEACHES = 1, 2, 3


class Criterion(StrEnum):
    """What is weighed."""

    SKILL = "skill"
    RISK = "risk"
    CATEGORY = "category"
    LOAD = "load"
    CONTINUITY = "continuity"


class No(StrEnum):
    """Why somebody is given nothing; the first that holds is told."""

    ABSENT = "absent"
    NO_QUEUE = "no_queue"
    AWAY = "away"
    BUSY = "busy"
    RESERVED = "reserved"
    SKILL = "skill"
    ROOM = "room"


class Tie(StrEnum):
    """How somebody knows the client already; the first is the closest."""

    BEFORE = "before"
    MANAGER = "manager"
    DEPUTY = "deputy"
    SERVES = "serves"
    NONE = "none"


CLOSENESS: Mapping[Tie, float] = {
    Tie.BEFORE: 1.0,
    Tie.MANAGER: 0.8,
    Tie.DEPUTY: 0.7,
    Tie.SERVES: 0.5,
    Tie.NONE: 0.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each reason counts; nought is not at all."""

    skill: int = 0
    risk: int = 0
    category: int = 0
    load: int = 0
    continuity: int = 0

    def of(self, criterion: Criterion) -> int:
        """The weight of one reason."""
        return {
            Criterion.SKILL: self.skill,
            Criterion.RISK: self.risk,
            Criterion.CATEGORY: self.category,
            Criterion.LOAD: self.load,
            Criterion.CONTINUITY: self.continuity,
        }[criterion]


PLAIN = Weights()


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """
    What is to be given.

    `risk` in [0, 1] says how near its promise is; `is_key` that it is a key client's;
    `reserved_for` for whom alone it waits.
    """

    ticket: int
    weight: int
    needs: frozenset[int] = frozenset()
    risk: float = 0.0
    is_key: bool = False
    reserved_for: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """
    A member of the team as matching sees them.

    `levels` are of skills; `pressing` is how much they hold whose promise is near. `why_not` is
    what refuses them before anything is compared.
    """

    member: int
    load: int
    capacity: int
    idle_since: datetime
    levels: Mapping[int, int] = field(default_factory=dict)
    pressing: int = 0
    why_not: No | None = None
    until: datetime | None = None

    @property
    def free(self) -> int:
        """How much weight more fits."""
        return max(self.capacity - self.load, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """
    What became of one member: refused for a reason, or compared by points.

    `lacks` are skills they do not have; `points` is what each reason brought, weights included.
    """

    member: int
    no: No | None = None
    until: datetime | None = None
    lacks: tuple[int, ...] = ()
    tie: Tie = Tie.NONE
    load: int = 0
    capacity: int = 0
    pressing: int = 0
    points: Mapping[Criterion, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """All points."""
        return round(sum(self.points.values()), 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Who is chosen, if anybody, and a verdict for each who was looked at, the best first."""

    chosen: int | None
    verdicts: Sequence[Verdict]


def match(work: Work, hands: Iterable[Hand], *, ties: Mapping[int, Tie], weights: Weights) -> Match:
    """Choose for the work; `ties` say how members know the client, who is not there does not."""
    judged = [
        (hand, judge(work, hand, tie=ties.get(hand.member, Tie.NONE), weights=weights))
        for hand in hands
    ]
    able = [pair for pair in judged if pair[1].no is None]
    best = min(able, key=_place, default=None)
    order = sorted(judged, key=lambda pair: (pair[1].no is not None, *_place(pair)))
    return Match(
        chosen=best[1].member if best else None, verdicts=tuple(verdict for _hand, verdict in order)
    )


def _place(pair: tuple[Hand, Verdict]) -> tuple[float, datetime, int]:
    hand, verdict = pair
    return (-verdict.total, hand.idle_since, hand.member)


def judge(work: Work, hand: Hand, *, tie: Tie, weights: Weights) -> Verdict:
    """Refuse a member, or say what speaks for their having the work."""
    lacks = tuple(sorted(each for each in work.needs if hand.levels.get(each, 0) < ALONE))
    no = _refusal(work, hand, lacks)
    worth = {} if no else _worth(work, hand, tie)
    return Verdict(
        member=hand.member,
        no=no,
        until=hand.until,
        lacks=lacks,
        tie=tie,
        load=hand.load,
        capacity=hand.capacity,
        pressing=hand.pressing,
        points={
            each: round(weights.of(each) * value, 3)
            for each, value in worth.items()
            if weights.of(each)
        },
    )


def _refusal(work: Work, hand: Hand, lacks: Sequence[int]) -> No | None:
    if hand.why_not:
        return hand.why_not
    if work.reserved_for not in {None, hand.member}:
        return No.RESERVED
    # Who had it may have it again, whatever it needs.
    if lacks and work.reserved_for is None:
        return No.SKILL
    return No.ROOM if hand.free < work.weight else None


def _worth(work: Work, hand: Hand, tie: Tie) -> dict[Criterion, float]:
    """What each reason says of somebody, in [0, 1]."""
    asked = [hand.levels.get(each, 0) for each in work.needs]
    known = asked or list(hand.levels.values())
    return {
        Criterion.SKILL: sum(max(each - LEARNS, 0) for each in asked) / (2 * len(asked))
        if asked
        else 0.0,
        Criterion.RISK: work.risk / (1 + hand.pressing),
        Criterion.CATEGORY: float(work.is_key and max(known, default=0) >= TEACHES),
        Criterion.LOAD: hand.free / hand.capacity if hand.capacity else 0.0,
        Criterion.CONTINUITY: CLOSENESS[tie],
    }
