"""Calendars of the tests, and strategies that draw them."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from ambidesk.ground.calendars.reading import read
from ambidesk.ground.calendars.spec import CalendarSpec, DayOut, Span

OFFICE = [["09:00", "13:00"], ["14:00", "18:00"]]
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
# Whole and half hours, on both halves of the earth; a day that never was; no change at all.
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "Europe/Moscow",
    "UTC",
)


def russian(hours=OFFICE, **more):
    """An office in Moscow that keeps the official calendar."""
    return {
        "zone": "Europe/Moscow",
        "hours": dict.fromkeys(WORKDAYS, hours),
        "holidays": {"country": "RU", "short_days": True},
    } | more


def moscow(**more):
    return read(russian(**more))


@st.composite
def hours(draw):
    """Up to three stretches of a day that do not overlap; the last may be a night, not a day."""
    ends = draw(st.lists(st.integers(0, 1439), max_size=6, unique=True).map(sorted))
    spans = [Span(*pair) for pair in zip(ends[::2], ends[1::2], strict=False)]
    if draw(st.booleans()) and len(ends) % 2:
        spans.append(Span(ends[-1], draw(st.integers(1440, 1440 + max(0, ends[-1] - 1)))))
    return tuple(spans)


@st.composite
def specs(draw, zones=ZONES):
    """Any calendar that has some working time, with days out near the changes of clocks."""
    week = draw(st.tuples(*[hours()] * 7).filter(any))
    days = st.integers(0, 400).map(lambda number: date(2025, 1, 1) + timedelta(days=number))
    out = draw(st.dictionaries(days, hours().map(lambda given: DayOut(hours=given)), max_size=6))
    return CalendarSpec(zone=draw(st.sampled_from(zones)), week=week, exceptions=out)


# Nights of these days have a clock put on or back somewhere.
CHANGES = (
    datetime(2025, 3, 9, tzinfo=UTC),
    datetime(2025, 3, 30, tzinfo=UTC),
    datetime(2025, 4, 5, tzinfo=UTC),
    datetime(2025, 4, 6, tzinfo=UTC),
    datetime(2025, 2, 23, tzinfo=UTC),
    datetime(2025, 10, 4, tzinfo=UTC),
    datetime(2025, 10, 26, tzinfo=UTC),
    datetime(2025, 11, 2, tzinfo=UTC),
    datetime(2011, 12, 30, tzinfo=UTC),
    datetime(2014, 10, 25, tzinfo=UTC),
)
instants = st.one_of(
    st.builds(
        lambda change, minutes: change + timedelta(minutes=minutes),
        st.sampled_from(CHANGES),
        st.integers(-3000, 3000),
    ),
    st.datetimes(datetime(2024, 6, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
works = st.one_of(
    st.timedeltas(timedelta(), timedelta(hours=40)),
    st.timedeltas(timedelta(), timedelta(days=60)),
)
