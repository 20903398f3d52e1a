"""
Trail: whose a ticket was and where it stood in its process, at any instant of its course.

What is told afterwards of an instant, such as a broken promise, belongs to who had it then.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

from ambidesk.across.insight.rules.facts import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The place of a ticket, and its stage if it goes by a process."""

    place: Place
    stage: int | None = None


class Trail:
    """Standings one after the other, the latest of an instant holding."""

    def __init__(self) -> None:
        self._instants: list[datetime] = []
        self._standings: list[Standing] = []

    def mark(self, at: datetime, standing: Standing) -> None:
        """Go on; instants never run backwards here."""
        self._instants.append(at)
        self._standings.append(standing)

    def at(self, instant: datetime) -> Standing:
        """Say how it stood; before its beginning as at its beginning."""
        return self._standings[max(bisect_right(self._instants, instant) - 1, 0)]


class Stages:
    """Since when a ticket stands in which stages; it may stand in one several times at once."""

    def __init__(self) -> None:
        self._since: dict[int, list[datetime]] = {}

    @property
    def latest(self) -> int | None:
        """The stage that was entered last of those where it stands."""
        return next(reversed(self._since), None)

    @property
    def all(self) -> tuple[int, ...]:
        """Every stage where it stands."""
        return tuple(self._since)

    def enter(self, stage: int, at: datetime) -> None:
        """Stand in a stage from now on."""
        since = self._since.pop(stage, [])
        self._since[stage] = [*since, at]

    def leave(self, stage: int, at: datetime) -> int | None:
        """Leave a stage; give the seconds of the stay, None where it did not stand there."""
        since = self._since.get(stage)
        if not since:
            return None
        entered, *rest = since
        if rest:
            self._since[stage] = rest
        else:
            del self._since[stage]
        return max(0, int((at - entered).total_seconds()))

    def end(self) -> None:
        """Stand nowhere any more."""
        self._since.clear()
