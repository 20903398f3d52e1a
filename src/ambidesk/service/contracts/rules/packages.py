"""
Packages: what was bought beforehand, folded from a ledger that only grows.

Each period grants its amount; of what is left at its end so much is carried over as was agreed,
and what was overdrawn is taken from the next period. Nobody draws beyond the overdraft.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from dateutil.relativedelta import relativedelta

NONE = Decimal(0)


class Unit(StrEnum):
    """What a package is counted in."""

    HOURS = "hours"
    VISITS = "visits"
    UNITS = "units"
    POINTS = "points"


class Every(StrEnum):
    """How often its amount is granted anew."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    TERM = "term"


MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}
WHOLE = frozenset({Unit.VISITS, Unit.UNITS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What is granted; `carry` is the most that goes over into the next period."""

    unit: Unit
    amount: Decimal
    every: Every
    starts: date
    until: date | None = None
    carry: Decimal = NONE
    overdraft: Decimal = NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One entry of the ledger: so much was drawn on a day; below nothing it was given back."""

    on: date
    drawn: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How a package stands in one period, which is half-open; no end is the contract's."""

    starts: date
    until: date | None
    granted: Decimal
    carried: Decimal
    drawn: Decimal
    overdraft: Decimal

    @property
    def left(self) -> Decimal:
        """What is left; below nothing where it was overdrawn."""
        return self.granted + self.carried - self.drawn

    @property
    def available(self) -> Decimal:
        """What may still be drawn."""
        return max(NONE, self.left + self.overdraft)

    @property
    def used(self) -> Decimal:
        """The share that is used, from 0 on; nothing to use is all used."""
        whole = self.granted + self.carried
        return self.drawn / whole if whole > 0 else Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A wish divided: what the package gives, and what goes beyond it."""

    inside: Decimal
    beyond: Decimal


def balance(package: Package, movements: Iterable[Movement], *, on: date) -> Balance | None:
    """Fold the ledger up to the period of a day; None where the package does not hold then."""
    if on < package.starts or (package.until is not None and on >= package.until):
        return None
    return next(
        each for each in _balances(package, movements) if each.until is None or on < each.until
    )


def take(package: Package, movements: Iterable[Movement], *, on: date, wanted: Decimal) -> Taken:
    """
    Divide a wish on a day into what the package gives and what goes beyond.

    What was drawn in later periods stays within its bounds too.
    """
    if wanted < 0:
        raise ValueError("nothing is drawn below nothing")
    ledger = list(movements)
    if balance(package, ledger, on=on) is None:
        return Taken(inside=NONE, beyond=wanted)
    last = max([on, *(each.on for each in ledger)])
    room = NONE if wanted == 0 else wanted
    for each in _balances(package, ledger):
        if each.until is None or on < each.until:
            room = min(room, each.available)
        if each.until is None or last < each.until:
            break
    if package.unit in WHOLE:
        room = room.to_integral_value(rounding=ROUND_FLOOR)
    return Taken(inside=room, beyond=wanted - room)


def _balances(package: Package, movements: Iterable[Movement]) -> Iterator[Balance]:
    ledger = sorted(movements, key=lambda each: each.on)
    days = [each.on for each in ledger]
    carried = NONE
    # Periods follow each other: each takes up the ledger where the one before left it.
    place = bisect_left(days, package.starts)
    for starts, until in _periods(package):
        end = len(days) if until is None else bisect_left(days, until, lo=place)
        each = Balance(
            starts=starts,
            until=until,
            granted=package.amount,
            carried=carried,
            drawn=sum((entry.drawn for entry in ledger[place:end]), start=NONE),
            overdraft=package.overdraft,
        )
        yield each
        carried, place = min(each.left, package.carry), end


def _periods(package: Package) -> Iterator[tuple[date, date | None]]:
    months = MONTHS.get(package.every)
    if months is None:
        yield package.starts, package.until
        return
    starts, number = package.starts, 0
    while True:
        number += 1
        # From the beginning each time: a month from 31 January on must not drift to the 28th.
        until = package.starts + relativedelta(months=months * number)
        if package.until is not None and until >= package.until:
            yield starts, package.until
            return
        yield starts, until
        starts = until
