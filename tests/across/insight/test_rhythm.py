"""Rhythm: each turn comes once, at its time of its zone, and days are told once each."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.across.insight.rules.rhythm import DAY, Every, Rhythm, days_told, has_turn, next_turn

ZONES = ("UTC", "Europe/Moscow", "Europe/Berlin", "America/New_York", "Pacific/Apia")
BERLIN = ZoneInfo("Europe/Berlin")
instants = st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1)).map(  # noqa: DTZ001 made UTC
    lambda at: at.replace(tzinfo=UTC)
)
rhythms = st.builds(
    Rhythm,
    every=st.sampled_from(Every),
    day=st.integers(1, 7),
    clock=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)


@given(rhythms, instants)
def test_the_next_turn_is_the_first_after_an_instant(rhythm: Rhythm, after: datetime) -> None:
    turn = next_turn(rhythm, after)
    assert turn > after
    # Nothing lies between: whoever asks from anywhere before it gets the same.
    assert next_turn(rhythm, turn - timedelta(microseconds=1)) == turn
    longest = {Every.DAY: 2, Every.WEEK: 8, Every.MONTH: 32}[rhythm.every]
    assert turn - after <= longest * DAY + timedelta(hours=2)


@given(rhythms, instants)
def test_a_turn_is_on_its_day_and_by_its_clock(rhythm: Rhythm, after: datetime) -> None:
    local = next_turn(rhythm, after).astimezone(rhythm.zone)
    is_jumped = local.time() != rhythm.clock
    assert is_jumped or has_turn(rhythm, local.date())
    # Only where the clocks jump over it, it is another time.
    if is_jumped:
        assert local.utcoffset() != (local - timedelta(hours=25)).utcoffset()


@given(st.sampled_from(Every), st.dates(date(2005, 1, 31), date(2035, 1, 1)))
def test_days_of_turns_follow_upon_each_other(every: Every, today: date) -> None:
    first, until = days_told(every, today)
    assert first < until <= today
    later = {Every.DAY: today + DAY, Every.WEEK: today + 7 * DAY}.get(every)
    later = later or (until.replace(day=28) + 4 * DAY).replace(day=1)
    assert days_told(every, later)[0] == until


def test_a_short_month_has_its_turn_on_its_last_day() -> None:
    rhythm = Rhythm(every=Every.MONTH, day=31, clock=time(9), zone=BERLIN)
    for month, last in ((1, 31), (2, 28), (4, 30)):
        turn = next_turn(rhythm, datetime(2026, month, 2, tzinfo=UTC))
        assert turn.astimezone(BERLIN) == datetime(2026, month, last, 9, tzinfo=BERLIN)


def test_a_year_of_mornings_has_a_turn_a_day_over_both_changes_of_the_clock() -> None:
    rhythm = Rhythm(every=Every.DAY, day=1, clock=time(2, 30), zone=BERLIN)
    turns = [datetime(2026, 1, 1, tzinfo=UTC)]
    while turns[-1].year == 2026:
        turns.append(next_turn(rhythm, turns[-1]))
    days = [each.astimezone(BERLIN).date() for each in turns[1:]]
    assert all(later - day == DAY for day, later in pairwise(days))
