"""Durations and instants of ISO 8601."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.calendars.durations import read_duration, read_instant, written_duration
from ambidesk.ground.calendars.refusals import (
    NaiveInstant,
    NoDuration,
    NoFixedLength,
    NoInstant,
    TooFar,
)


@pytest.mark.parametrize(
    "text, length",
    [
        ("PT8H", timedelta(hours=8)),
        ("PT1H30M", timedelta(minutes=90)),
        ("PT90S", timedelta(seconds=90)),
        ("PT0.5H", timedelta(minutes=30)),
        ("PT1,5S", timedelta(seconds=1.5)),
        ("P1DT2H", timedelta(hours=26)),
        ("P2W", timedelta(days=14)),
        ("PT0S", timedelta()),
    ],
)
def test_a_duration_is_read(text, length):
    assert read_duration(text) == length


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "PT",
        "P1DT",
        "8H",
        "PT8",
        "PT-1H",
        "-PT1H",
        "PT1.5H30M",
        "PT1M1H",
        "P1W2D",
        "pt8h",
        "PT8H ",
        "PT٣H",
        "PT1e3S",
        "P1H",
    ],
)
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(NoDuration):
        read_duration(text)


@pytest.mark.parametrize("text", ["P1Y", "P1M", "P1Y2M3DT4H"])
def test_years_and_months_have_no_fixed_length(text):
    with pytest.raises(NoFixedLength):
        read_duration(text)


def test_a_duration_beyond_a_century_is_too_far():
    with pytest.raises(TooFar):
        read_duration("PT999999999H")


@given(st.integers(0, 10**8))
def test_a_duration_that_is_written_and_read_is_the_same(seconds):
    assert read_duration(written_duration(timedelta(seconds=seconds))) == timedelta(seconds=seconds)


def test_an_instant_says_its_zone():
    assert read_instant("2026-05-08T09:00Z") == read_instant("2026-05-08T12:00+03:00")
    with pytest.raises(NaiveInstant):
        read_instant("2026-05-08T09:00")
    with pytest.raises(NaiveInstant):
        read_instant("2026-05-08")
    with pytest.raises(NoInstant):
        read_instant("soon")
