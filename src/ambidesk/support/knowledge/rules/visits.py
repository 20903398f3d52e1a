"""Visits: readings of a browser within a day are one; it asked within that day, or it did not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit of a browser; `asked_at` is when it first asked within a day of its beginning."""

    reader: str
    began_at: datetime
    asked_at: datetime | None

    @property
    def asked(self) -> bool:
        """Say whether it asked."""
        return self.asked_at is not None


def count_visits(
    readings: Iterable[tuple[str, datetime]],
    asks: Iterable[tuple[str, datetime]],
    *,
    since: datetime,
    until: datetime,
    at: datetime,
) -> list[Visit]:
    """Give the visits that began in [since, until) and whose day is over, the first first."""
    asked: dict[str, list[datetime]] = {}
    for reader, when in asks:
        asked.setdefault(reader, []).append(when)
    found: list[Visit] = []
    began: dict[str, datetime] = {}
    for reader, when in sorted(readings, key=lambda each: (each[1], each[0])):
        last = began.get(reader)
        if last is not None and when < last + A_DAY:
            continue
        began[reader] = when
        if since <= when < until and when + A_DAY <= at:
            after = [each for each in asked.get(reader, ()) if when <= each < when + A_DAY]
            found.append(Visit(reader=reader, began_at=when, asked_at=min(after, default=None)))
    return found
