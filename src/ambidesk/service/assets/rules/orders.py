"""
Orders: repairs of the past as another system wrote them, one a row, read by named columns.

A row that cannot be read is named with its line and column; nothing is guessed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from ambidesk.service.assets.rules.histories import History

FIRST_LINE = 2
# What spreadsheets put between thousands: spaces of all kinds.
GAPS = re.compile(r"[\s\u00a0\u202f]")


class Wrong(StrEnum):
    """What is wrong with a cell."""

    MISSING = "missing"
    NOT_A_DAY = "not_a_day"
    NOT_A_NUMBER = "not_a_number"
    UNKNOWN_KIND = "unknown_kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """
    Under which heading what stands.

    `failures` are the kinds of work that follow a failure, `others` those that do not.
    """

    asset: str
    day: str
    text: str
    kind: str
    cost: str
    failures: frozenset[str]
    others: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One piece of work on one asset."""

    line: int
    asset: str
    day: date
    text: str
    cost: Decimal
    is_failure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BadCell:
    """A cell that cannot be read; lines are counted as a spreadsheet counts them."""

    line: int
    column: str
    value: str
    wrong: Wrong


def read_orders(
    rows: Iterable[Mapping[str, str | None]], columns: Columns
) -> Iterator[Order | BadCell]:
    """Read each row as an order, or name the first of its cells that cannot be read."""
    for line, row in enumerate(rows, start=FIRST_LINE):
        try:
            yield _order(line, row, columns)
        except _UnreadableError as unreadable:
            yield BadCell(
                line=line,
                column=unreadable.column,
                value=row.get(unreadable.column) or "",
                wrong=unreadable.wrong,
            )


def histories_of(orders: Iterable[Order], *, until: date) -> dict[str, History]:
    """
    Make a history of each asset from its orders, sorted by name.

    A file of orders does not say since when an asset was there: its first order does.
    """
    days: dict[str, list[Order]] = {}
    for order in orders:
        days.setdefault(order.asset, []).append(order)
    return {
        name: _history(number, days[name], until) for number, name in enumerate(sorted(days), 1)
    }


class _UnreadableError(Exception):
    def __init__(self, column: str, wrong: Wrong) -> None:
        super().__init__(column)
        self.column, self.wrong = column, wrong


def _history(number: int, orders: Iterable[Order], until: date) -> History:
    ordered = sorted(orders, key=lambda order: order.day)
    return History(
        asset=number,
        began=ordered[0].day,
        known=ordered[0].day,
        ended=until,
        failures=tuple(order.day for order in ordered if order.is_failure),
    )


def _order(line: int, row: Mapping[str, str | None], columns: Columns) -> Order:
    kind = _needed(row, columns.kind)
    if kind not in columns.failures | columns.others:
        raise _UnreadableError(columns.kind, Wrong.UNKNOWN_KIND)
    return Order(
        line=line,
        asset=_needed(row, columns.asset),
        day=_day(row, columns.day),
        text=(row.get(columns.text) or "").strip(),
        cost=_amount(row, columns.cost),
        is_failure=kind in columns.failures,
    )


def _needed(row: Mapping[str, str | None], column: str) -> str:
    if text := (row.get(column) or "").strip():
        return text
    raise _UnreadableError(column, Wrong.MISSING)


def _day(row: Mapping[str, str | None], column: str) -> date:
    try:
        return date.fromisoformat(_needed(row, column))
    except ValueError:
        raise _UnreadableError(column, Wrong.NOT_A_DAY) from None


def _amount(row: Mapping[str, str | None], column: str) -> Decimal:
    text = GAPS.sub("", row.get(column) or "").replace(",", ".")
    try:
        amount = Decimal(text or "0")
    except InvalidOperation:
        amount = Decimal("nan")
    if not amount.is_finite():
        raise _UnreadableError(column, Wrong.NOT_A_NUMBER)
    return amount
