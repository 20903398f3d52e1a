"""
Periods of days or instants, half-open: the beginning belongs to it, the end does not.

An end that is None is open; days and instants do not mix, instants know their zone.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput

Moment = TypeVar("Moment", date, datetime)


class EndsBeforeItBegins(InvalidInput):
    """The end does not come after the beginning."""

    sentence = _("The end must come after the beginning.")


@dataclass(frozen=True, slots=True)
class Period(Generic[Moment]):
    """From `start` until just before `until`; never empty."""

    start: Moment | None = None
    until: Moment | None = None

    def __post_init__(self) -> None:
        for end in (self.start, self.until):
            if isinstance(end, datetime) and end.utcoffset() is None:
                raise TypeError(f"an instant knows its zone, {end!r} does not")
        if self.start is not None and self.until is not None and self.until <= self.start:
            raise EndsBeforeItBegins(field="until")

    def __contains__(self, moment: Moment) -> bool:
        begun = self.start is None or self.start <= moment
        return begun and (self.until is None or moment < self.until)

    def overlaps(self, other: "Period[Moment]") -> bool:
        """Tell whether some moment belongs to both."""
        return _begins_before_end(self, other) and _begins_before_end(other, self)

    def common(self, other: "Period[Moment]") -> "Period[Moment] | None":
        """Give what belongs to both; None where nothing does."""
        if not self.overlaps(other):
            return None
        starts = [each for each in (self.start, other.start) if each is not None]
        ends = [each for each in (self.until, other.until) if each is not None]
        return Period(max(starts, default=None), min(ends, default=None))

    def ended(self, until: Moment) -> "Period[Moment]":
        """
        Give the part before an end.

        Raises:
            EndsBeforeItBegins: there is none.
        """
        earliest = until if self.until is None else min(self.until, until)
        return Period(self.start, earliest)


def _begins_before_end(one: Period[Moment], other: Period[Moment]) -> bool:
    return one.start is None or other.until is None or one.start < other.until
