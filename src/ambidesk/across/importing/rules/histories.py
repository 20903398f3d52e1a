"""
Histories: the rows of one ticket in order, with what each of them changed. Pure.

A ticket with a line that cannot be read is held back whole: half a history would be a false one.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ambidesk.across.importing.rules.mapping import Kind
from ambidesk.across.importing.rules.rows import Fault, Problem, Row
from ambidesk.support.tickets.rules.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One ticket's rows in order; no row is earlier than the one before it."""

    key: str
    opened_at: datetime
    rows: tuple[Row, ...]

    def first(self, name: str) -> str:
        """The first word that any row says under a name."""
        return next((str(value) for row in self.rows if (value := getattr(row, name))), "")

    def digest(self, number: int | None = None) -> str:
        """A print of the first rows; the same rows in another order of lines print the same."""
        told = hashlib.sha256()
        for row in self.rows[:number]:
            told.update(repr(replace(row, line=0)).encode())
        return told.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """The histories of a file, and what holds tickets back."""

    histories: tuple[History, ...]
    problems: tuple[Problem, ...]
    rows: int

    @property
    def held(self) -> frozenset[str]:
        """The keys of tickets that are held back."""
        return frozenset(each.ticket for each in self.problems if each.ticket)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """
    What one row changed; None did not change, "" is nobody.

    `state` is what the row sets, `after` how the ticket stands when all of the row is done.
    """

    row: Row
    after: State
    charge: tuple[str, str] | None = None
    state: State | None = None


def assemble(lines: Iterable[Row | Problem]) -> Assembled:
    """Put the lines of a file together, tickets in the order in which they opened."""
    rows: dict[str, list[Row]] = defaultdict(list)
    problems: list[Problem] = []
    number = 0
    for each in lines:
        number += 1
        if isinstance(each, Problem):
            problems.append(each)
            continue
        rows[each.ticket].append(each)
        if fault := _unsayable(each):
            problems.append(Problem(fault=fault, line=each.line, ticket=each.ticket))
    held = {each.ticket for each in problems}
    histories = [_history(key, each) for key, each in rows.items() if key not in held]
    histories.sort(key=lambda history: (history.opened_at, history.key))
    return Assembled(histories=tuple(histories), problems=tuple(problems), rows=number)


def differences(history: History) -> Iterator[Difference]:
    """Say what each row changed; the first one changes a new ticket of its own first team."""
    assignee, team, state = "", history.rows[0].team or "", State.NEW
    for row in history.rows:
        before = (assignee, team)
        assignee = assignee if row.assignee is None else row.assignee
        team = team if row.team is None else row.team
        now = _state(row, state, assignee)
        after = _after(row, now)
        yield Difference(
            row=row,
            charge=(assignee, team) if (assignee, team) != before else None,
            state=now if row.state or now is not state else None,
            after=after,
        )
        state = after


def _state(row: Row, state: State, assignee: str) -> State:
    # Here a ticket that somebody has is no longer new, whatever it was called there.
    now = row.state or state
    return State.OPEN if now is State.NEW and assignee else now


def _after(row: Row, state: State) -> State:
    """Where words leave a ticket that the next row says nothing of."""
    if row.state or row.kind not in {Kind.MESSAGE, Kind.ANSWER}:
        return state
    if row.kind is Kind.ANSWER:
        return state if state is State.CLOSED else State.WAITING_REQUESTER
    return state if state is State.NEW else State.OPEN


def _history(key: str, rows: Sequence[Row]) -> History:
    ordered = sorted(rows, key=_place)
    opened = next((row.opened_at for row in ordered if row.opened_at), ordered[0].at)
    latest, clamped = opened, []
    for row in ordered:
        latest = max(latest, row.at)
        clamped.append(replace(row, at=latest))
    return History(key=key, opened_at=opened, rows=tuple(clamped))


def _place(row: Row) -> tuple[float, datetime, int]:
    # Where the file counts its rows, that count knows better than clocks that stood a minute.
    return (row.order if row.order is not None else 0.0, row.at, row.line)


def _unsayable(row: Row) -> Fault | None:
    if row.kind is not Kind.CHANGE and not row.text:
        return Fault.NO_WORDS
    if row.kind is Kind.MESSAGE and not (row.email or row.phone):
        return Fault.NO_ADDRESS
    return None
