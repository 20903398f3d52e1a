"""
Offering: which piece of the work of clients a member gets when they take next; pure.

Whose turn it is says the queue: its rank, its urgency, then its age. Of clients' work of equal
urgency the one for which most speaks is theirs, up to the first talk of a consumer that is older;
what has waited too long goes first all the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

from ambidesk.support.routing.rules.matching import Hand, Tie, Weights, Work, judge

# Weights pass nobody over for longer.
PATIENCE: Final = timedelta(hours=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """A place of a queue; `is_client` that it is weighed, `urgency` rank and priority."""

    work: Work
    urgency: tuple[int, int]
    since: datetime
    is_client: bool


def offers(
    line: Sequence[Waits],
    hands: Iterable[Hand],
    *,
    ties: Mapping[int, Mapping[int, Tie]],
    weights: Weights,
    at: datetime,
) -> dict[int, int]:
    """
    Say which ticket each member is offered, by member; nothing is offered to two.

    `line` is in the order of the queue; `ties` are by ticket and member. The longest idle choose
    first; where a consumer's talk is next, nothing is offered.
    """
    found: dict[int, int] = {}
    for hand in sorted(hands, key=lambda each: (each.idle_since, each.member)):
        left = [each for each in line if each.work.ticket not in found.values()]
        best = _best(left, hand, ties=ties, weights=weights, at=at)
        if best is not None:
            found[hand.member] = best
    return found


def _best(
    line: Sequence[Waits],
    hand: Hand,
    *,
    ties: Mapping[int, Mapping[int, Tie]],
    weights: Weights,
    at: datetime,
) -> int | None:
    judged = [
        (each, judge(each.work, hand, tie=_tie(ties, each, hand), weights=weights)) for each in line
    ]
    fits = [(each, verdict) for each, verdict in judged if verdict.no is None]
    if not fits or not fits[0][0].is_client:
        return None
    head = fits[0][0]
    if at - head.since >= PATIENCE:
        return head.work.ticket
    # Up to the first talk of a consumer: nobody younger goes before it.
    equals = takewhile(lambda one: one[0].is_client and one[0].urgency == head.urgency, fits)
    return min((-verdict.total, each.since, each.work.ticket) for each, verdict in equals)[2]


def _tie(ties: Mapping[int, Mapping[int, Tie]], each: Waits, hand: Hand) -> Tie:
    return ties.get(each.work.ticket, {}).get(hand.member, Tie.NONE)
