"""Promises: how many deadlines a core computes a second, in the calendar of a Russian office."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from time import process_time

from ambidesk.edge.commands.gauging.figures import Figure
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.ground.calendars.calendar import Calendar
from ambidesk.ground.calendars.reading import read
from ambidesk.ground.calendars.spec import WEEKDAYS

OFFICE = {
    "zone": "Europe/Moscow",
    "hours": {day: [["09:00", "13:00"], ["14:00", "18:00"]] for day in WEEKDAYS[:5]},
    "holidays": {"country": "RU", "short_days": True},
}
GOAL = 200_000
MANY = 200_000
BEGINS, YEARS = datetime(2024, 1, 1, tzinfo=UTC), timedelta(days=3 * 365)


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Compute deadlines of any length from any instant of three years, and measure back."""
    del url, order
    return list(_computed())


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


def _cost(work: Callable[[], None]) -> float:
    """Give the seconds of the processor, whatever else the machine does."""
    began = process_time()
    work()
    return process_time() - began
