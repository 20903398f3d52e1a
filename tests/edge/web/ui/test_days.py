"""Days in words: by the grammar of the reader's language."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from django.utils.translation import trans_real

from ambidesk.edge.web.ui.templatetags.saying import day, instant
from tests.catalogues import compile_russian


@pytest.fixture(scope="module", autouse=True)
def catalogue():
    compile_russian()
    trans_real._translations.pop("ru", None)


def of_this_year():
    """A ninth that is neither today nor yesterday."""
    now = datetime.now(UTC)
    return now.replace(month=8 if now.month < 6 else 3, day=9)


def test_today_and_yesterday_have_their_names():
    now = datetime.now(UTC)
    with translation.override("ru"):
        assert (day(now), day(now - timedelta(days=1))) == ("Сегодня", "Вчера")
    with translation.override("en"):
        assert (day(now), day(now - timedelta(days=1))) == ("Today", "Yesterday")


def test_a_month_stands_in_its_right_case_after_the_day():
    with translation.override("ru"):
        assert day(of_this_year()) in {"9 марта", "9 августа"}
        assert day(datetime(2020, 5, 3, 12, tzinfo=UTC)) == "3 мая 2020"
    with translation.override("en"):
        assert day(of_this_year()) in {"9 March", "9 August"}


def test_an_instant_is_written_by_the_readers_locale():
    at = datetime(2020, 5, 3, 14, 30, tzinfo=UTC)
    with translation.override("ru"):
        assert ">03.05.2020 14:30<" in instant(at)
    with translation.override("en"):
        assert ">3 May 2020 14:30<" in instant(at)
