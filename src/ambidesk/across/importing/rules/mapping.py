"""
Mappings: which column of a file is what, and what its values mean; read from TOML.

docs/importing.md describes the form for whoever writes one.
"""

import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from ambidesk.across.importing.rules.refusals import KeyMissing, NotToml, WrongValue
from ambidesk.across.importing.rules.tables import require_known, table_of
from ambidesk.support.tickets.rules.states import Priority, State


class Column(StrEnum):
    """What a column of the file can be."""

    TICKET = "ticket"
    TIME = "time"
    ORDER = "order"
    KIND = "kind"
    OPENED_AT = "opened_at"
    ACTOR = "actor"
    STATE = "state"
    TEAM = "team"
    ASSIGNEE = "assignee"
    PRIORITY = "priority"
    CATEGORY = "category"
    SUBJECT = "subject"
    REQUESTER = "requester"
    EMAIL = "requester_email"
    PHONE = "requester_phone"
    TEXT = "text"


class Kind(StrEnum):
    """What a row tells: how the ticket stands after it, or words."""

    CHANGE = "change"
    MESSAGE = "message"
    ANSWER = "answer"
    NOTE = "note"


NEEDED = (Column.TICKET, Column.TIME)
PRIORITIES = {each.name.lower(): each for each in Priority}
STATES = {each.value: each for each in State}
KINDS = {each.value: each for each in Kind}
# What stands for "as before" among the values of states and priorities.
IGNORED = "ignore"
# The value whose meaning holds for all that are not named.
OTHERS = "*"
TOP = ("source", "brand", "encoding", "delimiter", "sheet", "time", "columns", "values", "create")
CREATED = ("teams", "staff", "categories")


Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning(Generic[Value]):
    """What the values of a column mean; None is "as before"."""

    named: Table[str, Value | None] = field(default_factory=dict)

    def knows(self, value: str) -> bool:
        """Whether the value means anything."""
        return value in self.named or OTHERS in self.named

    def of(self, value: str) -> Value | None:
        """Say what a known value means."""
        return self.named[value] if value in self.named else self.named[OTHERS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How one file is read; `source` and a ticket's key together name it for ever."""

    source: str
    columns: Table[Column, str]
    brand: str = ""
    encoding: str = "utf-8-sig"
    delimiter: str = ""
    sheet: str = ""
    time_format: str = ""
    zone: ZoneInfo | None = None
    # What stands for nobody or none; an empty cell says nothing unless it is among these.
    missing: frozenset[str] = frozenset()
    states: Meaning[State] = field(default_factory=Meaning)
    priorities: Meaning[Priority] = field(default_factory=Meaning)
    kinds: Meaning[Kind] = field(default_factory=Meaning)
    names: Table[Column, Table[str, str]] = field(default_factory=dict)
    creates: frozenset[str] = frozenset()


def read_mapping(text: str) -> Mapping:
    """
    Read a mapping.

    Raises:
        NotToml, UnknownKey, WrongValue, KeyMissing: it is none, each saying where.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise NotToml(why=wrong) from wrong
    require_known(told, TOP)
    values, time = table_of(told, "values"), table_of(told, "time")
    named = [each.value for each in (Column.TEAM, Column.ASSIGNEE, Column.CATEGORY)]
    require_known(values, ("missing", "state", "priority", "kind", *named), where="values")
    require_known(time, ("format", "zone"), where="time")
    columns = _columns(table_of(told, "columns"))
    source = _text(told, "source")
    if not source:
        raise KeyMissing(key="source")
    return Mapping(
        source=source[:80],
        columns=columns,
        brand=_text(told, "brand"),
        encoding=_text(told, "encoding") or "utf-8-sig",
        delimiter=_delimiter(_text(told, "delimiter")),
        sheet=_text(told, "sheet"),
        time_format=_text(time, "format"),
        zone=_zone(_text(time, "zone")),
        missing=frozenset(_texts(values, "missing")),
        states=_meaning(values, "state", STATES),
        priorities=_meaning(values, "priority", PRIORITIES),
        kinds=_meaning(values, "kind", KINDS),
        names={Column(name): _words(values, name) for name in named},
        creates=_creates(table_of(told, "create")),
    )


def _columns(told: Table[str, object]) -> dict[Column, str]:
    require_known(told, [each.value for each in Column], where="columns")
    for needed in NEEDED:
        if not _text(told, needed.value):
            raise KeyMissing(key=f"columns.{needed.value}")
    return {Column(name): _text(told, name) for name in told}


def _delimiter(sign: str) -> str:
    if len(sign) > 1 or sign in {"\n", "\r", '"'}:
        raise WrongValue(key="delimiter", value=sign, known='",", ";", "|"')
    return sign


def _zone(name: str) -> ZoneInfo | None:
    if name and name not in available_timezones():
        raise WrongValue(key="time.zone", value=name, known="UTC, Europe/Moscow, …")
    return ZoneInfo(name) if name else None


def _meaning(told: Table[str, object], key: str, known: Table[str, Value]) -> Meaning[Value]:
    named: dict[str, Value | None] = {}
    for value, word in _words(told, key).items():
        if word != IGNORED and word not in known:
            allowed = ", ".join([*known, IGNORED])
            raise WrongValue(key=f"values.{key}.{value}", value=word, known=allowed)
        named[value] = known.get(word)
    return Meaning(named=named)


def _creates(told: Table[str, object]) -> frozenset[str]:
    require_known(told, CREATED, where="create")
    for key, value in told.items():
        if not isinstance(value, bool):
            raise WrongValue(key=f"create.{key}", value=value, known="true, false")
    return frozenset(key for key, value in told.items() if value)


def _text(told: Table[str, object], key: str) -> str:
    value = told.get(key, "")
    if not isinstance(value, str):
        raise WrongValue(key=key, value=value, known='"…"')
    return value.strip() if key != "delimiter" else value


def _texts(told: Table[str, object], key: str) -> list[str]:
    value = told.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise WrongValue(key=f"values.{key}", value=value, known='["…"]')
    return value


def _words(told: Table[str, object], key: str) -> dict[str, str]:
    value = table_of(told, key)
    return {name: _text(value, name) for name in value}
