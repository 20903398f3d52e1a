"""Adding working time and measuring it, against their laws and a model that walks by minutes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambidesk.ground.calendars.calendar import Calendar
from ambidesk.ground.calendars.reading import read
from ambidesk.ground.calendars.refusals import NaiveInstant, NoWorkingTime, TooFar
from tests.ground.calendars.calendars import instants, moscow, specs, works

INSTANT = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
BERLIN = ZoneInfo("Europe/Berlin")


@given(specs(), instants, works)
@settings(deadline=None, max_examples=150)
def test_what_was_added_is_what_lies_between(spec, start, work):
    calendar = Calendar(spec)
    due = calendar.add(start, work)
    assert calendar.between(start, due) == work
    if work:
        assert calendar.between(start, due - INSTANT) < work


@given(specs(), instants, works, works)
@settings(deadline=None, max_examples=150)
def test_work_adds_up_and_more_of_it_is_never_due_earlier(spec, start, one, other):
    calendar = Calendar(spec)
    assert calendar.add(calendar.add(start, one), other) == calendar.add(start, one + other)
    less, more = sorted([one, other])
    assert calendar.add(start, less) <= calendar.add(start, more)


@given(specs(), st.lists(instants, min_size=3, max_size=3), works)
@settings(deadline=None, max_examples=150)
def test_stretches_add_up_and_a_later_start_is_never_due_earlier(spec, three, work):
    calendar = Calendar(spec)
    a, b, c = three
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)
    assert calendar.between(b, a) == -calendar.between(a, b)
    first, _second, last = sorted(three)
    assert calendar.add(first, work) <= calendar.add(last, work)


@given(specs(), instants, st.integers(0, 2500))
@settings(deadline=None, max_examples=60)
def test_it_equals_a_model_that_looks_at_the_wall_every_minute(spec, start, minutes):
    calendar = Calendar(spec)
    start = start.replace(second=0, microsecond=0)
    shown = [_shows_work(spec, start + number * MINUTE) for number in range(minutes)]
    assert calendar.between(start, start + minutes * MINUTE) == sum(shown) * MINUTE
    if any(shown):
        last = max(number for number, works in enumerate(shown) if works)
        assert calendar.add(start, sum(shown) * MINUTE) == start + (last + 1) * MINUTE


def _shows_work(spec, at):
    wall = at.astimezone(ZoneInfo(spec.zone))
    minute = wall.hour * 60 + wall.minute
    today, before = wall.date(), wall.date() - timedelta(days=1)
    return any(
        span.start <= minute + late < span.end
        for day, late in ((today, 0), (before, 1440))
        for span in (
            spec.exceptions[day].hours if day in spec.exceptions else spec.week[day.weekday()]
        )
    )


def test_lunch_is_not_counted():
    calendar = Calendar(moscow())
    start = datetime(2026, 3, 2, 12, tzinfo=calendar.zone)
    assert calendar.add(start, timedelta(hours=2)) == datetime(2026, 3, 2, 15, tzinfo=calendar.zone)


def test_work_that_ends_with_the_day_is_due_at_its_end_and_not_next_morning():
    calendar = Calendar(moscow())
    start = datetime(2026, 3, 2, 14, tzinfo=calendar.zone)
    assert calendar.add(start, timedelta(hours=4)) == datetime(2026, 3, 2, 18, tzinfo=calendar.zone)


@pytest.mark.parametrize(
    "night, hours",
    [
        (datetime(2025, 3, 29, 22, tzinfo=BERLIN), 7),
        (datetime(2025, 10, 25, 22, tzinfo=BERLIN), 9),
        (datetime(2025, 7, 5, 22, tzinfo=BERLIN), 8),
    ],
)
def test_a_night_shift_is_as_long_as_the_night_was(night, hours):
    calendar = Calendar(read({"zone": "Europe/Berlin", "hours": {"sat": [["22:00", "06:00"]]}}))
    morning = datetime(night.year, night.month, night.day + 1, 12, tzinfo=BERLIN)
    assert calendar.between(night, morning) == timedelta(hours=hours)


def test_round_the_clock_is_plain_time():
    calendar = Calendar(read({"zone": "Europe/Berlin", "hours": "24/7"}))
    start = datetime(2025, 3, 29, 12, tzinfo=UTC)
    assert calendar.add(start, timedelta(days=300)) == start + timedelta(days=300)


def test_a_shift_over_new_year_is_whole_on_both_sides_of_what_was_compiled():
    calendar = Calendar(read({"zone": "Asia/Kathmandu", "hours": "24/7"}))
    for year in (2026, 2024, 2041, 1999, 2026):
        start = datetime(year, 12, 31, 12, tzinfo=UTC)
        assert calendar.between(start, start + timedelta(days=1)) == timedelta(days=1)


def test_years_far_apart_are_measured_too():
    calendar = Calendar(read({"zone": "UTC", "hours": "24/7"}))
    span = datetime(1995, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)
    assert calendar.between(*span) == span[1] - span[0]


def test_a_calendar_without_working_time_is_refused():
    with pytest.raises(NoWorkingTime):
        read({"zone": "UTC", "hours": {"mon": []}})


def test_a_calendar_of_one_day_has_an_end():
    day = {"date": "2026-05-08", "hours": [["10:00", "12:00"]]}
    calendar = Calendar(read({"zone": "UTC", "hours": {}, "exceptions": [day]}))
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert calendar.add(start, timedelta(hours=2)) == datetime(2026, 5, 8, 12, tzinfo=UTC)
    with pytest.raises(TooFar):
        calendar.add(start, timedelta(hours=3))


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(NaiveInstant):
        Calendar(moscow()).add(datetime(2026, 1, 1), timedelta(hours=1))  # noqa: DTZ001
