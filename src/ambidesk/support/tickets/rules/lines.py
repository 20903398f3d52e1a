"""Lines of support: on which line a ticket was when, in half-open intervals. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST, LAST = 1, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """From this instant on the ticket is on a line; without one it rests: solved or closed."""

    at: datetime
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A time on one line without a break; the last one may go on."""

    line: int
    begin: datetime
    end: datetime

    @property
    def lasting(self) -> timedelta:
        """How long it was."""
        return self.end - self.begin


def stays(moves: Sequence[Move], *, until: datetime) -> tuple[Stay, ...]:
    """
    Fold moves, in the order in which they happened, into stays up to an instant.

    An instant that runs backwards counts as the one before it; what lasts no time is no stay.
    """
    found: list[Stay] = []
    line: int | None = None
    begin = until
    for move in _forward(moves, until):
        if move.line == line:
            continue
        if line is not None and move.at > begin:
            found.append(Stay(line=line, begin=begin, end=move.at))
        line, begin = move.line, move.at
    if line is not None and until > begin:
        found.append(Stay(line=line, begin=begin, end=until))
    return tuple(_joined(found))


def time_on_lines(found: Iterable[Stay]) -> Mapping[int, timedelta]:
    """Sum up the stays of each line."""
    sums: dict[int, timedelta] = {}
    for stay in found:
        sums[stay.line] = sums.get(stay.line, timedelta()) + stay.lasting
    return sums


def _forward(moves: Sequence[Move], until: datetime) -> Iterable[Move]:
    last: datetime | None = None
    for move in moves:
        at = move.at if last is None or move.at > last else last
        if at > until:
            return
        last = at
        yield Move(at=at, line=move.line)


def _joined(found: Sequence[Stay]) -> Iterable[Stay]:
    """Put stays of one line together that touch, as when a move between them lasted no time."""
    joined: list[Stay] = []
    for stay in found:
        last = joined[-1] if joined else None
        if last and last.line == stay.line and last.end == stay.begin:
            joined[-1] = Stay(line=last.line, begin=last.begin, end=stay.end)
        else:
            joined.append(stay)
    return joined
