"""
The official production calendar of Russia: days and hours of every year, day by day where moved.

Source: the calendars that go with the decrees on moved days off; 40, 36 and 24 hours a week.
"""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ambidesk.ground.calendars.calendar import Calendar
from ambidesk.ground.calendars.days import Kind, day_plan
from ambidesk.ground.calendars.official import countries
from ambidesk.ground.calendars.reading import read
from ambidesk.ground.calendars.spec import Span
from tests.ground.calendars.calendars import moscow, russian

ZONE = ZoneInfo("Europe/Moscow")
# Days, then hours of a week of 40, 36 and 24; the days of rest that the president decreed in
# 2020 and 2021 are not in them.
NORMS = {
    2015: (247, 1971, 1773.4, 1180.6),
    2016: (247, 1974, 1776.4, 1183.6),
    2017: (247, 1973, 1775.4, 1182.6),
    2018: (247, 1970, 1772.4, 1179.6),
    2019: (247, 1970, 1772.4, 1179.6),
    2020: (248, 1979, 1780.6, 1185.4),
    2021: (247, 1972, 1774.4, 1181.6),
    2022: (247, 1973, 1775.4, 1182.6),
    2023: (247, 1973, 1775.4, 1182.6),
    2024: (248, 1979, 1780.6, 1185.4),
    2025: (247, 1972, 1774.4, 1181.6),
}
MONTHS = {
    2018: (136, 151, 159, 167, 159, 159, 176, 184, 160, 184, 168, 167),
    2024: (136, 159, 159, 168, 159, 151, 184, 176, 168, 184, 167, 168),
    2025: (136, 160, 167, 175, 144, 151, 184, 168, 176, 184, 151, 176),
}
# Minutes of a day in a week of five days.
DAILY = {40: 480, 36: 432, 24: 288}


@pytest.mark.parametrize("year", NORMS)
@pytest.mark.parametrize("week, place", [(40, 1), (36, 2), (24, 3)])
def test_a_year_has_the_hours_of_the_official_calendar(year, week, place):
    calendar = Calendar(read(russian(_day_of(DAILY[week]))))
    assert _hours(calendar, date(year, 1, 1), date(year + 1, 1, 1)) == NORMS[year][place]


@pytest.mark.parametrize("year", NORMS)
def test_a_year_has_the_working_days_of_the_official_calendar(year):
    spec = moscow()
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
    assert (
        sum(bool(day_plan(spec, day).hours) for day in days if day.year == year) == NORMS[year][0]
    )


@pytest.mark.parametrize("year", MONTHS)
def test_a_month_has_the_hours_of_the_official_calendar(year):
    calendar = Calendar(moscow())
    firsts = [date(year, month, 1) for month in range(1, 13)] + [date(year + 1, 1, 1)]
    found = [_hours(calendar, *pair) for pair in itertools.pairwise(firsts)]
    assert found == list(MONTHS[year])


@pytest.mark.parametrize("year", range(2015, 2028))
def test_every_year_that_is_known_has_plausible_hours(year):
    hours = _hours(Calendar(moscow()), date(year, 1, 1), date(year + 1, 1, 1))
    assert 1960 <= hours <= 1990


def test_a_working_saturday_has_the_hours_of_the_day_that_it_replaces():
    hours = {"mon": [["08:00", "12:00"]], "tue": [["10:00", "20:00"]]}
    spec = read(russian(hours=[]) | {"hours": hours})
    saturday = day_plan(spec, date(2024, 4, 27))
    assert (saturday.kind, saturday.replaces) == (Kind.MOVED, date(2024, 4, 29))
    assert saturday.hours == (Span(480, 720),)
    # It replaces the eve of a holiday and is short as that would have been.
    before_may = day_plan(spec, date(2024, 11, 2))
    assert before_may.replaces == date(2024, 4, 30)
    assert before_may.hours == (Span(600, 1140),)


def test_the_day_before_a_day_off_that_was_only_moved_is_whole():
    spec = moscow()
    assert day_plan(spec, date(2021, 12, 30)).kind is Kind.ORDINARY
    assert day_plan(spec, date(2025, 12, 30)).kind is Kind.ORDINARY
    assert day_plan(spec, date(2025, 3, 7)).kind is Kind.SHORT
    assert day_plan(spec, date(2019, 12, 31)).kind is Kind.SHORT


def test_without_the_rule_no_day_is_short():
    spec = moscow(holidays={"country": "RU"})
    assert day_plan(spec, date(2025, 3, 7)).hours == (Span(540, 780), Span(840, 1080))


def test_an_hour_is_taken_from_whatever_comes_last():
    spec = read(russian([["09:00", "17:00"], ["18:00", "18:20"]]))
    assert day_plan(spec, date(2025, 3, 7)).hours == (Span(540, 980),)
    tiny = read(russian([["09:00", "09:30"]]))
    assert day_plan(tiny, date(2025, 3, 7)).hours == ()


def test_an_exception_goes_before_every_rule():
    out = [
        {"date": "2025-05-09", "hours": [["10:00", "12:00"]]},
        {"date": "2025-11-01", "hours": []},
    ]
    spec = moscow(exceptions=out)
    assert day_plan(spec, date(2025, 5, 9)).hours == (Span(600, 720),)
    assert day_plan(spec, date(2025, 11, 1)).hours == ()


def test_a_new_year_can_be_loaded_without_a_new_version():
    year = {
        "public": {"2028-02-23": "День защитника Отечества"},
        "off": {"2028-02-21": "Перенос"},
        "working": {"2028-02-19": "2028-02-22"},
    }
    holidays = {"country": "RU", "short_days": True, "years": {"2028": year}}
    spec = moscow(holidays=holidays)
    kinds = [day_plan(spec, date(2028, 2, day)).kind for day in (19, 21, 22, 23, 24)]
    assert kinds == [Kind.MOVED, Kind.HOLIDAY, Kind.SHORT, Kind.HOLIDAY, Kind.ORDINARY]
    # What is loaded stands for the whole year.
    assert day_plan(spec, date(2028, 3, 8)).kind is Kind.ORDINARY


def test_names_of_holidays_come_in_both_languages():
    spec = moscow()
    english = day_plan(spec, date(2025, 6, 12), language="en").name
    assert (english, day_plan(spec, date(2025, 6, 12), language="ru").name) == (
        "Russia Day",
        "День России",
    )


@pytest.mark.parametrize("country", ["DE", "US", "KZ", "BY", "CN", "HU", "IL", "SA"])
def test_other_countries_have_calendars_too(country):
    spec = moscow(holidays={"country": country, "short_days": True})
    worked = Calendar(spec).between(
        datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert timedelta(hours=1500) < worked < timedelta(hours=2100)
    assert country in countries()


def _day_of(minutes):
    end = 540 + minutes
    return [["09:00", f"{end // 60:02}:{end % 60:02}"]]


def _hours(calendar, first, until):
    ends = (datetime(day.year, day.month, day.day, tzinfo=ZONE) for day in (first, until))
    return calendar.between(*ends) / timedelta(hours=1)
