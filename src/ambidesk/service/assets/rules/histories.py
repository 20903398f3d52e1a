"""
Histories: from when to when an asset was watched, and when it failed meanwhile.

Days are half-open: [from, until). What lies before an asset was put in or after it was taken out
is no time in which it could have failed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ambidesk.service.assets.rules.lives import Life
from ambidesk.service.assets.rules.rates import NOTHING, Exposure

YEAR_DAYS = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days looked at, [since, until)."""

    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """
    One asset: in service on [began, ended), known to us since `known`, with its failures.

    `began` may lie before `known`: it was there already when we took it over. Failures are sorted.
    """

    asset: int
    began: date
    known: date
    ended: date | None
    failures: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Ages in years [since, until); the last band has no end."""

    since: int
    until: int | None


def watched(history: History, window: Window) -> Window:
    """Give the days of the window on which the asset was in service and known."""
    since = max(history.began, history.known, window.since)
    until = window.until if history.ended is None else min(history.ended, window.until)
    return Window(since=since, until=max(since, until))


def exposure(history: History, window: Window) -> Exposure:
    """Give the failures within the days watched, and these in years."""
    seen = watched(history, window)
    failures = sum(1 for day in history.failures if seen.since <= day < seen.until)
    return Exposure(events=failures, time=(seen.until - seen.since).days / YEAR_DAYS)


def total(histories: Iterable[History], window: Window) -> Exposure:
    """Give the exposure of all of them together."""
    return sum((exposure(each, window) for each in histories), NOTHING)


def bands_of(edges: Sequence[int]) -> tuple[Band, ...]:
    """Make bands of the years at which they begin, rising; the last one has no end."""
    return tuple(
        Band(since=since, until=until)
        for since, until in pairwise([*edges, None])
        if since is not None
    )


def by_age(
    histories: Iterable[History], window: Window, *, bands: Sequence[Band]
) -> dict[Band, Exposure]:
    """Divide exposure by the age that the assets had: each one passes through several bands."""
    divided = dict.fromkeys(bands, NOTHING)
    for history in histories:
        for band in bands:
            divided[band] += exposure(history, _days_of(band, history, window))
    return divided


def gaps(history: History, window: Window) -> Iterator[Life]:
    """
    Give the times between failures in days; the last one has not ended yet.

    The first begins where watching began, or at the start of service where that was seen.
    """
    seen = watched(history, window)
    last = seen.since
    for day in history.failures:
        if seen.since <= day < seen.until:
            yield Life(end=float((day - last).days), failed=True)
            last = day
    yield Life(end=float((seen.until - last).days), failed=False)


def first_life(history: History, window: Window) -> Life:
    """Give the age in days at the first failure seen; what was not watched before is truncated."""
    seen = watched(history, window)
    start = float((seen.since - history.began).days)
    for day in history.failures:
        if seen.since <= day < seen.until:
            return Life(start=start, end=float((day - history.began).days), failed=True)
    return Life(start=start, end=float((seen.until - history.began).days), failed=False)


def _days_of(band: Band, history: History, window: Window) -> Window:
    since = max(_birthday(history.began, band.since), window.since)
    until = window.until
    if band.until is not None:
        until = min(_birthday(history.began, band.until), until)
    return Window(since=since, until=max(since, until))


def _birthday(began: date, years: int) -> date:
    year = began.year + years
    if year > date.max.year:
        return date.max
    try:
        return began.replace(year=year)
    except ValueError:
        # Born on 29 February: the year is full on 1 March.
        return date(year, 3, 1)
