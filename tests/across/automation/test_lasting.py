"""How long a stretch has lasted, by the clock and by the hours of an office."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.across.automation.rules.lasting import due_of, latest_start
from ambidesk.ground.calendars.calendar import Calendar
from ambidesk.ground.calendars.reading import read

OFFICE = Calendar(
    read(
        {
            "zone": "Europe/Moscow",
            "hours": {"mon": [["09:00", "18:00"]], "thu": [["10:00", "11:00"]]},
        }
    )
)
SECOND = timedelta(seconds=1)
BEGINS = datetime(2024, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 3 * 365 * 86_400).map(lambda seconds: BEGINS + seconds * SECOND)
LENGTHS = st.integers(1, 60 * 24).map(lambda minutes: timedelta(minutes=minutes))


@given(until=INSTANTS, length=LENGTHS, calendar=st.sampled_from([None, OFFICE]))
def test_the_latest_start_is_the_last_one_that_is_over_by_then(until, length, calendar):
    start = latest_start(until, length, calendar=calendar)
    assert due_of(start - 2 * SECOND, length, calendar=calendar) <= until
    assert due_of(start + 2 * SECOND, length, calendar=calendar) > until


@given(since=INSTANTS, length=LENGTHS)
def test_a_later_start_is_never_due_earlier(since, length):
    later = since + timedelta(hours=5)
    assert due_of(since, length, calendar=OFFICE) <= due_of(later, length, calendar=OFFICE)
