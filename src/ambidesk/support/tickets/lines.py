"""The path of a ticket over the lines of support, read from the journal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ambidesk.ground.kernel.journal import Entry
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rules.lines import Move, Stay, stays, time_on_lines
from ambidesk.support.tickets.rules.states import ENDED

LINE_CHANGED = "tickets.line_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The stays of a ticket in their order, and how long it was on each line."""

    stays: tuple[Stay, ...]
    sums: Mapping[int, timedelta]


def path_of(ticket: Ticket, entries: Sequence[Entry], *, at: datetime) -> Path:
    """Fold what happened to a ticket, the oldest first, into its path up to an instant."""
    found = stays(moves_of(ticket, entries), until=at)
    return Path(stays=found, sums=time_on_lines(found))


def moves_of(ticket: Ticket, entries: Sequence[Entry]) -> list[Move]:
    """Say from when on the ticket was on which line, or rested."""
    first = next((each.data["before"] for each in entries if each.kind == LINE_CHANGED), None)
    line: int = ticket.line if first is None else first
    moves = [Move(at=ticket.opened_at, line=line)]
    rests = False
    for entry in entries:
        if entry.kind == LINE_CHANGED:
            line = entry.data["line"]
        elif "state" in entry.data:
            rests = entry.data["state"] in ENDED
        else:
            continue
        moves.append(Move(at=entry.at, line=None if rests else line))
    return moves
