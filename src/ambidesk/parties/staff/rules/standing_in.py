"""Standing in: who does somebody's work while they are away, by the chain of deputies, pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Somebody is away in [starts_at, ends_at), with or without a deputy."""

    member: int
    starts_at: datetime
    ends_at: datetime
    deputy: int | None = None

    def lasts(self, at: datetime) -> bool:
        """Whether it lasts at the instant."""
        return self.starts_at <= at < self.ends_at

    def meets(self, other: "Span") -> bool:
        """Whether both last at some instant."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def stand_in_of(member: int, away: Mapping[int, int | None]) -> int | None:
    """
    Say who stands in for somebody who is away: the first of the chain who is there.

    `away` gives the deputy of each who is away now. None where the chain ends with nobody or comes
    back to where it was.
    """
    seen = {member}
    at = away.get(member)
    while at is not None and at in away:
        if at in seen:
            return None
        seen.add(at)
        at = away[at]
    return None if at in seen else at


def uncovered(asked: Span, spans: Mapping[int, list[Span]]) -> Span | None:
    """
    Find the absence that leaves the asked one without a stand-in at some instant of it.

    `spans` are the absences of others, by member. One is enough that neither names a deputy nor
    leads to somebody who is there.
    """
    if asked.deputy is None:
        return None
    moments = {asked.starts_at}
    reached, todo = {asked.member}, [asked.deputy]
    links: list[Span] = []
    while todo:
        each = todo.pop()
        if each in reached:
            continue
        reached.add(each)
        met = [span for span in spans.get(each, ()) if span.meets(asked)]
        links += met
        todo += [span.deputy for span in met if span.deputy is not None]
    moments |= {max(span.starts_at, asked.starts_at) for span in links}
    moments |= {span.ends_at for span in links if span.ends_at < asked.ends_at}
    for moment in sorted(moments):
        away = {span.member: span.deputy for span in links if span.lasts(moment)}
        if stand_in_of(asked.member, {**away, asked.member: asked.deputy}) is None:
            return next(
                span for span in links if span.member == asked.deputy and span.lasts(moment)
            )
    return None
