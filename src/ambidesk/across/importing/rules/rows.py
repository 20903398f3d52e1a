"""Rows: what one line of a file says, read by the mapping; what it cannot say is a problem."""

from collections.abc import Mapping as Table
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import NoReturn

from ambidesk.across.importing.rules.mapping import (
    KINDS,
    PRIORITIES,
    STATES,
    Column,
    Kind,
    Mapping,
    Meaning,
    Value,
)
from ambidesk.parties.people.models import IdentityKind
from ambidesk.parties.people.normalising import NotAnAddress, normal
from ambidesk.support.tickets.rules.states import Priority, State

Cell = str | datetime
# The years in which something can have happened at a desk.
EARLIEST, LATEST = 1970, 2100


class Fault(StrEnum):
    """What is wrong with a line; `edge` says it in words."""

    NO_TICKET = "no_ticket"
    BAD_TIME = "bad_time"
    BAD_ORDER = "bad_order"
    UNKNOWN_STATE = "unknown_state"
    UNKNOWN_PRIORITY = "unknown_priority"
    UNKNOWN_KIND = "unknown_kind"
    BAD_ADDRESS = "bad_address"
    NO_WORDS = "no_words"
    NO_ADDRESS = "no_address"
    UNKNOWN_TEAM = "unknown_team"
    UNKNOWN_STAFF = "unknown_staff"
    UNKNOWN_CATEGORY = "unknown_category"
    CHANGED_HERE = "changed_here"
    CHANGED_THERE = "changed_there"
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A line that cannot be taken, which holds its whole ticket back."""

    fault: Fault
    line: int
    ticket: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line understood; None is "as before", "" is nobody or none."""

    line: int
    ticket: str
    at: datetime
    order: float | None = None
    kind: Kind = Kind.CHANGE
    opened_at: datetime | None = None
    actor: str = ""
    state: State | None = None
    team: str | None = None
    assignee: str | None = None
    priority: Priority | None = None
    category: str | None = None
    subject: str = ""
    requester: str = ""
    email: str = ""
    phone: str = ""
    text: str = ""


def read_row(
    cells: Table[str, Cell], *, line: int, mapping: Mapping, zone: tzinfo
) -> Row | Problem:
    """Read one line; instants without a zone are of the mapping's, else of the given one."""
    reader = _Reader(cells, mapping, zone)
    ticket = reader.text(Column.TICKET)
    row: Row | Problem
    try:
        row = Row(
            line=line,
            ticket=ticket[:200] or _refuse(Fault.NO_TICKET),
            at=reader.instant(Column.TIME) or _refuse(Fault.BAD_TIME),
            order=reader.number(Column.ORDER),
            kind=reader.kind(),
            opened_at=reader.instant(Column.OPENED_AT),
            actor=reader.text(Column.ACTOR)[:80].strip(),
            state=reader.state(),
            team=reader.name(Column.TEAM),
            assignee=reader.name(Column.ASSIGNEE),
            priority=reader.priority(),
            category=reader.name(Column.CATEGORY),
            subject=reader.text(Column.SUBJECT),
            requester=reader.text(Column.REQUESTER),
            email=reader.address(Column.EMAIL, IdentityKind.EMAIL),
            phone=reader.address(Column.PHONE, IdentityKind.PHONE),
            text=reader.text(Column.TEXT),
        )
    except _Unreadable as wrong:
        row = Problem(fault=wrong.fault, line=line, ticket=ticket[:200], value=wrong.value[:80])
    return row


class _Unreadable(Exception):  # noqa: N818 it never leaves this module
    def __init__(self, fault: Fault, value: str) -> None:
        super().__init__(fault)
        self.fault, self.value = fault, value


def _refuse(fault: Fault, value: str = "") -> NoReturn:
    raise _Unreadable(fault, value)


class _Reader:
    """The cells of one line under their meanings."""

    def __init__(self, cells: Table[str, Cell], mapping: Mapping, zone: tzinfo) -> None:
        self._cells, self._mapping = cells, mapping
        self._zone = mapping.zone or zone

    def text(self, column: Column) -> str:
        value = self._value(column)
        return value if isinstance(value, str) else value.isoformat()

    def name(self, column: Column) -> str | None:
        if column not in self._mapping.columns:
            return None
        value = self._raw(column)
        if value in self._mapping.missing:
            return ""
        named = self._mapping.names.get(column, {}).get(value, value)
        return named[:80].strip() or None

    def address(self, column: Column, kind: IdentityKind) -> str:
        value = self.text(column)
        try:
            return normal(kind, value) if value else ""
        except NotAnAddress as wrong:
            raise _Unreadable(Fault.BAD_ADDRESS, value) from wrong

    def instant(self, column: Column) -> datetime | None:
        value = self._value(column)
        if not value:
            return None
        try:
            found = value if isinstance(value, datetime) else self._read(value)
        except ValueError as wrong:
            raise _Unreadable(Fault.BAD_TIME, str(value)) from wrong
        if not EARLIEST <= found.year <= LATEST:
            raise _Unreadable(Fault.BAD_TIME, str(value))
        return found if found.tzinfo else found.replace(tzinfo=self._zone)

    def _read(self, value: str) -> datetime:
        form = self._mapping.time_format
        return datetime.strptime(value, form) if form else datetime.fromisoformat(value)  # noqa: DTZ007 its zone is given next

    def number(self, column: Column) -> float | None:
        value = self.text(column)
        try:
            return float(value) if value else None
        except ValueError as wrong:
            raise _Unreadable(Fault.BAD_ORDER, value) from wrong

    def kind(self) -> Kind:
        found = self._meant(Column.KIND, self._mapping.kinds, KINDS, Fault.UNKNOWN_KIND)
        return found or Kind.CHANGE

    def state(self) -> State | None:
        return self._meant(Column.STATE, self._mapping.states, STATES, Fault.UNKNOWN_STATE)

    def priority(self) -> Priority | None:
        meanings = self._mapping.priorities
        return self._meant(Column.PRIORITY, meanings, PRIORITIES, Fault.UNKNOWN_PRIORITY)

    def _meant(
        self, column: Column, meanings: Meaning[Value], own: Table[str, Value], fault: Fault
    ) -> Value | None:
        """What a value means by the mapping, else by our own words."""
        value = self.text(column)
        if not value:
            return None
        if meanings.knows(value):
            return meanings.of(value)
        if value.lower() in own:
            return own[value.lower()]
        raise _Unreadable(fault, value)

    def _value(self, column: Column) -> Cell:
        value = self._cell(column)
        return "" if value in self._mapping.missing else value

    def _raw(self, column: Column) -> str:
        value = self._cell(column)
        return value if isinstance(value, str) else value.isoformat()

    def _cell(self, column: Column) -> Cell:
        name = self._mapping.columns.get(column)
        value = self._cells.get(name, "") if name else ""
        # A zero is no sign of a text: PostgreSQL stores none.
        return value.replace("\0", "").strip() if isinstance(value, str) else value
