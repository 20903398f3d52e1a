"""
Promises: deadlines that a core computes a second, in the calendar of a Russian office, and
100,000 running clocks that are swept while their warnings fall due.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from time import perf_counter, process_time, sleep

from django.db import connection

from ambidesk.edge.commands.gauging.figures import Figure, say
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.ground.calendars.calendar import Calendar
from ambidesk.ground.calendars.reading import read
from ambidesk.ground.calendars.spec import WEEKDAYS
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.sla.models import Clock
from ambidesk.service.sla.sweeping import sweep_due

OFFICE = {
    "zone": "Europe/Moscow",
    "hours": {day: [["09:00", "13:00"], ["14:00", "18:00"]] for day in WEEKDAYS[:5]},
    "holidays": {"country": "RU", "short_days": True},
}
GOAL = 200_000
# So many clocks run; the warnings of all fall due within the time that is measured.
CLOCKS, LATEST_SECONDS = 100_000, 5
PAUSE = 0.5
WIND = """
    WITH made AS (
        INSERT INTO sla_promise (chosen_at) SELECT %s FROM generate_series(1, %s) RETURNING id
    ), warned AS (
        SELECT id, %s + (row_number() OVER ()) * %s * interval '1 second' AS at FROM made
    )
    INSERT INTO sla_clock (promise_id, goal, number, started_at, due_at, is_paused, stage,
                           work_seconds, used_seconds, moments, told, next_at)
    SELECT id, 'resolution', 1, %s, at + interval '1 hour', false, 'ours', 7200, 0,
           ARRAY[at, at + interval '1 hour'], 0, at
      FROM warned
"""
MANY = 200_000
BEGINS, YEARS = datetime(2024, 1, 1, tzinfo=UTC), timedelta(days=3 * 365)


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Compute deadlines of any length from any instant of three years; sweep clocks as they run."""
    del url
    return [*_computed(), *_swept(order.tickets or CLOCKS, timedelta(seconds=order.seconds or 60))]


def _computed() -> Iterator[Figure]:
    dice = Random(4)  # noqa: S311 a measurement, no secret
    starts = [BEGINS + dice.random() * YEARS for _each in range(MANY)]
    works = [timedelta(seconds=dice.randrange(60, 400 * 3600)) for _each in range(MANY)]
    calendar = Calendar(read(OFFICE))
    dues: list[datetime] = []

    def compiled() -> None:
        calendar.between(BEGINS, BEGINS + 2 * YEARS)

    def added() -> None:
        dues.extend(map(calendar.add, starts, works))

    def measured() -> None:
        for start, due in zip(starts, dues, strict=True):
            calendar.between(start, due)

    yield Figure(name="calendar of 7 years compiled", value=1000 * _cost(compiled), unit="ms")
    yield Figure(name="deadlines on one core", value=MANY / _cost(added), unit="/s", goal=GOAL)
    yield Figure(name="stretches measured on one core", value=MANY / _cost(measured), unit="/s")


def _swept(many: int, lasts: timedelta) -> Iterator[Figure]:
    say(_("Clocks are wound up."))
    begins = datetime.now(UTC) + timedelta(seconds=30)
    _wind(many, begins, lasts)
    told, latest = 0, timedelta()
    busy = 0.0
    while told < many:
        at = datetime.now(UTC)
        oldest = Clock.objects.filter(next_at__lte=at, told=0).order_by("next_at").first()
        if oldest is None or oldest.next_at is None:
            # As the lane does: it sleeps only when nothing is due.
            sleep(PAUSE)
            continue
        latest = max(latest, at - oldest.next_at)
        before = perf_counter()
        told += sweep_due(by=SYSTEM, at=at)
        busy += perf_counter() - before
    yield Figure(
        name=f"latest of {many:,} warnings after its instant",
        value=latest.total_seconds(),
        unit="s",
        goal=LATEST_SECONDS,
    )
    yield Figure(name="warnings told while busy", value=many / busy, unit="/s")


def _wind(many: int, begins: datetime, lasts: timedelta) -> None:
    """Let so many clocks run, their warnings spread over a time, their breaches an hour later."""
    with connection.cursor() as cursor:
        cursor.execute(WIND, [begins, many, begins, lasts.total_seconds() / many, begins])
        cursor.execute("ANALYZE sla_clock")


def _cost(work: Callable[[], None]) -> float:
    """Give the seconds of the processor, whatever else the machine does."""
    began = process_time()
    work()
    return process_time() - began
