"""
Reading: figures of a period by day and by place, from the sums of days, never from history.

Whoever asks gets what they may see. Days are half-open periods of the desk's zone. Only where a
condition over tickets is asked for, the facts of those that fit it now are summed anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from math import log
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    FloatField,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.functions import (
    Cast,
    ExtractHour,
    ExtractIsoWeekDay,
    Floor,
    Ln,
    TruncDate,
)
from django.utils import timezone

from ambidesk.across.insight.dimensions import facts_about, tickets_about
from ambidesk.across.insight.models import FactRow, Figure
from ambidesk.across.insight.models.fact import FactQuerySet
from ambidesk.across.insight.models.figure import FigureQuerySet
from ambidesk.across.insight.questions import COLUMNS, By, Question
from ambidesk.across.insight.rules.facts import TIMES, FactKind
from ambidesk.across.insight.rules.measures import (
    READINGS,
    Measure,
    Shape,
    Tallies,
    Tally,
    together,
)
from ambidesk.across.insight.rules.sums import STEP
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.tickets.models import Ticket

# As bucket_of has it.
_STEPS = Floor(Ln(Cast("value", FloatField())) / Value(log(STEP)) + Value(1e-9))
SPENT = (FactKind.LABOUR.value, FactKind.COST.value)
BUCKET = Case(
    # Of what was spent nobody asks for a median.
    When(kind__in=SPENT, then=Value(0)),
    When(~Q(kind__in=[kind.value for kind in TIMES]), then=F("value")),
    When(value__lt=1, then=Value(0)),
    default=Cast(_STEPS + Value(1.0), BigIntegerField()),
    output_field=BigIntegerField(),
)


Sums = Iterable[dict[str, Any]]


def tallies(question: Question, *, actor: Actor) -> Tallies:
    """Everything that is asked for in one sum a kind."""
    return _summed(question, None, actor).get(None, {})


def by_day(question: Question, *, actor: Actor) -> Mapping[date, Tallies]:
    """Sums of each day that has any, by day."""
    return _summed(question, "day", actor)


def by_place(question: Question, by: By, *, actor: Actor) -> Mapping[int | None, Tallies]:
    """Sums by brand, team, channel or operator; None is what belongs to none."""
    return _summed(question, COLUMNS[by], actor)


def load(question: Question, *, actor: Actor) -> Mapping[tuple[int, int], int]:
    """Tickets opened by weekday (Monday is 1) and hour, over the period."""
    zone = timezone.get_default_timezone()
    rows = _facts(question, FactKind.OPENED, actor)
    hours = rows.annotate(
        weekday=ExtractIsoWeekDay("at", tzinfo=zone), hour=ExtractHour("at", tzinfo=zone)
    )
    counted = hours.order_by().values_list("weekday", "hour").annotate(number=Count("pk"))
    return {(weekday, hour): number for weekday, hour, number in counted}


def backlog(question: Question, *, actor: Actor, today: date) -> Mapping[date, int]:
    """
    Open tickets at the end of each day asked for, up to today.

    Read backwards from those of now, by what came and went since. Operators have no backlog.
    """
    rows = Ticket.objects.visible_to(actor).active().filter(suspended=False)
    rows = rows.filter(question.tickets) if question.tickets is not None else rows
    asked = {name: number for name, number in question.places.items() if name != "member"}
    now = rows.filter(*tickets_about(question), **asked).count()
    since = by_day(
        replace(question, until=max(question.until, today + timedelta(days=1)), operator=None),
        actor=actor,
    )
    found: dict[date, int] = {}
    day = max(today, question.until - timedelta(days=1))
    while day >= question.first:
        if question.first <= day < question.until and day <= today:
            found[day] = max(now, 0)
        now -= _net(since.get(day, {}))
        day -= timedelta(days=1)
    return found


def behind(
    question: Question, measure: Measure, *, actor: Actor, flagged: bool = False
) -> FactQuerySet:
    """The facts behind a figure, the latest first; only the flagged ones where asked for."""
    reading = READINGS[measure]
    rows = _facts(question, reading.kind, actor)
    if flagged and reading.shape is Shape.SHARE:
        rows = rows.filter(flag=True)
    return rows.order_by("-at", "-pk")


def within(rows: FactQuerySet, *, hour: tuple[int, int] | None) -> FactQuerySet:
    """Only the facts of a weekday (Monday is 1) and hour of the desk's zone; None is all."""
    if hour is None:
        return rows
    zone = timezone.get_default_timezone()
    placed = rows.annotate(
        weekday=ExtractIsoWeekDay("at", tzinfo=zone), hour=ExtractHour("at", tzinfo=zone)
    )
    return placed.filter(weekday=hour[0], hour=hour[1])


def places_seen(by: By, *, actor: Actor) -> list[int]:
    """Ids of the places that have figures which the actor may see."""
    column = COLUMNS[by]
    rows = Figure.objects.visible_to(actor).exclude(**{column: None})
    return list(rows.order_by(column).values_list(column, flat=True).distinct())


def _net(told: Tallies) -> int:
    came = sum(told.get(kind, Tally()).number for kind in (FactKind.OPENED, FactKind.REOPENED))
    return came - told.get(FactKind.SOLVED, Tally()).number


def _facts(question: Question, kind: FactKind, actor: Actor) -> FactQuerySet:
    return facts_asked(question, actor).filter(kind=kind.value)


def instants_of(question: Question) -> tuple[datetime, datetime]:
    """The days asked for as instants of the desk's own time, half-open."""
    zone = timezone.get_default_timezone()
    first, until = (
        datetime.combine(day, time(), tzinfo=zone) for day in (question.first, question.until)
    )
    return first, until


def facts_asked(question: Question, actor: Actor) -> FactQuerySet:
    start, end = instants_of(question)
    rows = FactRow.objects.visible_to(actor).filter(at__gte=start, at__lt=end, **question.places)
    rows = rows.filter(*facts_about(question))
    if question.tickets is None:
        return rows
    return rows.filter(ticket__in=Ticket.objects.filter(question.tickets))


def _summed(question: Question, column: str | None, actor: Actor) -> dict[Any, Tallies]:
    """Sums by what stands in a column; without one all of them stand under None."""
    keys = ["kind", "bucket", *([column] if column else [])]
    read = _from_figures if question.is_of_places else _from_facts
    sums = read(question, keys, actor)
    parts: dict[Any, list[Tallies]] = defaultdict(list)
    for row in sums:
        tally = Tally(
            number=row["numbers"],
            flagged=row["flags"],
            total=row["totals"],
            steps={row["bucket"]: row["numbers"]},
        )
        parts[row[column] if column else None].append({FactKind(row["kind"]): tally})
    return {key: together(each) for key, each in parts.items()}


def _from_figures(question: Question, keys: list[str], actor: Actor) -> Sums:
    rows: FigureQuerySet = Figure.objects.visible_to(actor)
    rows = rows.filter(day__gte=question.first, day__lt=question.until, **question.places)
    sums: Sums = (
        rows.order_by()
        .values(*keys)
        .annotate(numbers=Sum("number"), flags=Sum("flagged"), totals=Sum("total"))
    )
    return sums


def _from_facts(question: Question, keys: list[str], actor: Actor) -> Sums:
    day = TruncDate("at", tzinfo=timezone.get_default_timezone())
    rows = facts_asked(question, actor).annotate(day=day, bucket=BUCKET)
    sums: Sums = (
        rows.order_by()
        .values(*keys)
        .annotate(
            numbers=Count("pk"),
            flags=Count("pk", filter=Q(flag=True)),
            totals=Sum("value"),
        )
    )
    return sums
