"""
Deflecting: how many visits that read did not ask within a day.

A visit begins with an article that a browser opens when its last visit began a day or more before;
it counts when a day has passed since. Who asks by another browser or by mail is not seen.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from ambidesk.support.knowledge.models import Ask, Reading
from ambidesk.support.knowledge.rules.visits import A_DAY, Visit, count_visits


@dataclass(frozen=True, slots=True, kw_only=True)
class Deflection:
    """Visits whose day is over, and those of them after which nobody asked."""

    visits: int
    spared: int

    @property
    def percent(self) -> int:
        """The share of visits that did not ask."""
        return round(100 * self.spared / self.visits) if self.visits else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An article that was opened in a visit."""

    article: int
    language: str
    door: str
    at: datetime


def deflection(visits: Sequence[Visit]) -> Deflection:
    """Count visits, and those that did not ask."""
    return Deflection(visits=len(visits), spared=sum(not visit.asked for visit in visits))


def visits_of(
    brands: Collection[int], *, since: datetime, until: datetime, at: datetime
) -> list[Visit]:
    """Give the visits of brands that began in [since, until) and are over now, the first first."""
    # A visit of the day before takes in what was read on the first day.
    span = {"brand__in": brands, "at__gte": since - A_DAY, "at__lt": min(until + A_DAY, at)}
    read, asked = Reading.objects.filter(**span), Ask.objects.filter(**span)
    return count_visits(_facts(read), _facts(asked), since=since, until=until, at=at)


def opened_in(visits: Sequence[Visit]) -> Mapping[tuple[str, datetime], Sequence[Opened]]:
    """Give what was opened in each of a few visits, by reader and beginning."""
    within = Q(pk__in=())
    for visit in visits:
        within |= Q(
            reader=visit.reader, at__gte=visit.began_at, at__lt=visit.began_at + timedelta(days=1)
        )
    rows = Reading.objects.filter(within).order_by("at", "pk")
    found: dict[tuple[str, datetime], list[Opened]] = {}
    for reader, article, language, door, when in rows.values_list(
        "reader", "article", "language", "door", "at"
    ):
        opened = Opened(article=article, language=language, door=door, at=when)
        for visit in visits:
            if visit.reader == reader and visit.began_at <= when < visit.began_at + A_DAY:
                found.setdefault((reader, visit.began_at), []).append(opened)
    return found


def _facts(rows: "QuerySet[Reading] | QuerySet[Ask]") -> list[tuple[str, datetime]]:
    return list(rows.order_by().values_list("reader", "at"))
