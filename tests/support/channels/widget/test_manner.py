"""The manner of a widget: origins in one form, and the hours in which somebody should be there."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.channels.widget.manner import WEEK, Manner, NoOrigin, normal_origin

TIMES = st.times().map(lambda each: each.strftime("%H:%M"))
INSTANTS = st.floats(1.6e9, 1.9e9).map(lambda each: datetime.fromtimestamp(each, UTC))
DAYS = st.sets(st.sampled_from(WEEK)).map(lambda each: tuple(sorted(each)))


@pytest.mark.parametrize(
    "typed, normal",
    [
        ("https://Shop.Example", "https://shop.example"),
        ("shop.example", "https://shop.example"),
        ("https://shop.example:443/a/b?c", "https://shop.example"),
        ("http://localhost:8090", "http://localhost:8090"),
        ("https://полка.рф", "https://xn--80atcle.xn--p1ai"),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
def test_an_origin_is_brought_to_the_form_that_browsers_tell(typed: str, normal: str) -> None:
    assert normal_origin(typed) == normal


@pytest.mark.parametrize(
    "typed",
    ["", "null", "ftp://shop.example", "https://", "https://a@b.example", "https://*.x", "a b"],
)
def test_what_names_no_site_is_refused(typed: str) -> None:
    if typed == "null":
        # A word is a name in a local network; the browser's own "null" has no scheme.
        assert normal_origin(typed) == "https://null"
        return
    with pytest.raises(NoOrigin):
        normal_origin(typed)


@pytest.mark.parametrize(
    "origin", ["", "null", "https://polka.example.evil", "http://polka.example", "https://polka"]
)
def test_a_page_that_is_not_listed_is_not_let_in(origin: str) -> None:
    assert not Manner(origins=("https://polka.example",)).lets_in(origin)


@given(opens=TIMES, closes=TIMES, at=INSTANTS)
def test_a_week_of_open_days_has_hours_both_open_and_closed(
    opens: str, closes: str, at: datetime
) -> None:
    day, night = Manner(opens=opens, closes=closes), Manner(opens=closes, closes=opens)
    if opens == closes:
        assert day.is_open(at)
    else:
        assert day.is_open(at) is not night.is_open(at)


@given(opens=TIMES, closes=TIMES, days=DAYS, at=INSTANTS)
def test_the_same_hour_a_week_later_is_the_same(
    opens: str, closes: str, days: tuple[int, ...], at: datetime
) -> None:
    manner = Manner(opens=opens, closes=closes, days=days)
    assert manner.is_open(at) is manner.is_open(at + timedelta(days=7))


def test_a_night_shift_goes_on_after_midnight_and_no_longer() -> None:
    friday = Manner(opens="22:00", closes="06:00", days=(5,))
    assert friday.is_open(datetime(2026, 3, 6, 23, 0, tzinfo=UTC))
    assert friday.is_open(datetime(2026, 3, 7, 5, 59, tzinfo=UTC))
    assert not friday.is_open(datetime(2026, 3, 7, 6, 0, tzinfo=UTC))
    assert not friday.is_open(datetime(2026, 3, 6, 5, 0, tzinfo=UTC))


@given(opens=TIMES, days=DAYS)
def test_what_lies_in_the_row_is_read_as_it_was(opens: str, days: tuple[int, ...]) -> None:
    manner = Manner(opens=opens, days=days, greeting={"en": "Hi"}, origins=("https://a.example",))
    assert Manner.read({**manner.stored(), "of a newer version": 1}) == manner
