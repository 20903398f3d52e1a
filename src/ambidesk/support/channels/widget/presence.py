"""
Presence of visitors: who has the site open, who looks at it, and since when somebody is gone.

The processes that hold the streams tell of all of theirs in one statement; none is asked for alone.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from ambidesk.ground.kernel import ephemeral
from ambidesk.ground.kernel.signals import signal
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.speaking import last_ticket

PLACE: Final = "visitors"
# Who is not told of for so long is gone; who left has so long to come back, as to the next page.
LASTS_SECONDS: Final = 40.0
RENEWED_SECONDS: Final = 15.0
PATIENCE_SECONDS: Final = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Whether a visitor is there and looks at the page; `since` is when they were last seen."""

    is_there: bool
    is_in_front: bool
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """When somebody was missed, by a clock in seconds, and the topic of their ticket."""

    since: float
    topic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """
    Who is to be told of as there, who came just now with the topics of their tickets, and who went.

    `now` is by the clock of those who left.
    """

    there: Collection[int]
    came: Mapping[int, str]
    went: Mapping[int, Left]
    now: float


@dataclass(slots=True, kw_only=True)
class Register:
    """What one process knows of the visitors whose streams it holds; pure."""

    _here: Mapping[int, str] = field(default_factory=dict)
    _left: dict[int, Left] = field(default_factory=dict)
    _renewed: float = float("-inf")

    def take(self, here: Mapping[int, str], *, now: float) -> Moves:
        """Say what is news; given are visitors with the topics of their tickets, "" for none."""
        came = {who: topic for who, topic in here.items() if who not in self._here}
        for who, topic in self._here.items():
            if who not in here:
                self._left[who] = Left(since=now, topic=topic)
        fresh = {who: topic for who, topic in came.items() if self._left.pop(who, None) is None}
        went = {w: left for w, left in self._left.items() if now - left.since >= PATIENCE_SECONDS}
        for who in went:
            del self._left[who]
        self._here = dict(here)
        is_due = now - self._renewed >= RENEWED_SECONDS
        self._renewed = now if is_due else self._renewed
        return Moves(there=list(here if is_due else came), came=fresh, went=went, now=now)


def tell(moves: Moves, *, at: datetime) -> None:
    """Put down who is there and who went, and tell the screens that show their tickets."""
    ephemeral.enter_many(PLACE, moves.there, seconds=LASTS_SECONDS)
    told = dict(moves.came)
    if moves.went:
        # What was told of them here was told before they were missed; what is younger is not ours.
        lasting = {
            who: LASTS_SECONDS - (moves.now - left.since) for who, left in moves.went.items()
        }
        gone = ephemeral.leave_many(PLACE, lasting)
        Visitor.objects.filter(pk__in=gone).update(seen_at=at)
        told |= {who: moves.went[who].topic for who in gone}
    for topic in sorted(set(filter(None, told.values()))):
        signal(topic)


def look(visitor: Visitor, *, is_in_front: bool) -> None:
    """Say that a visitor has the page before them, or behind others."""
    doing = {"front": is_in_front}
    ephemeral.enter(PLACE, visitor.pk, doing=doing, seconds=LASTS_SECONDS)
    ticket = last_ticket(visitor)
    if ticket:
        signal(presence_topic(ticket.pk))


def presence_topic(ticket_id: int) -> str:
    """What the screens of a ticket listen to."""
    return f"ticket:{ticket_id}:presence"


def presence_of(visits: Iterable[Visitor]) -> Presence | None:
    """Whether somebody is there by any of their browsers; None for who never was."""
    rows = list(visits)
    if not rows:
        return None
    here = ephemeral.present_among(PLACE, [row.pk for row in rows])
    return Presence(
        is_there=bool(here),
        is_in_front=any(doing.get("front", True) for doing in here.values()),
        since=max(row.seen_at for row in rows),
    )
