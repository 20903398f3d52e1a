"""Deflection is counted by visits: who read and did not ask within a day; counted anew it is equal."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.parties.brands.models import Brand
from ambidesk.support.knowledge.deflecting import Deflection, deflection, opened_in, visits_of
from ambidesk.support.knowledge.models import Ask, Door
from ambidesk.support.knowledge.reading import Reader, ask, open_article
from ambidesk.support.knowledge.rules.visits import count_visits
from tests.cast import Cast
from tests.support.knowledge.articles import published

START = datetime(2026, 3, 2, tzinfo=UTC)
A_DAY = timedelta(days=1)
FACTS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 200)), max_size=20).map(
    lambda rows: [(reader, START + timedelta(hours=hours)) for reader, hours in rows]
)


@given(FACTS, FACTS)
def test_every_reading_is_in_one_visit_and_an_ask_spares_none(
    readings: list[tuple[str, datetime]], asks: list[tuple[str, datetime]]
) -> None:
    until = START + timedelta(days=30)
    visits = count_visits(readings, asks, since=START, until=until, at=until)
    for reader, at in readings:
        around = [v for v in visits if v.reader == reader and v.began_at <= at < v.began_at + A_DAY]
        assert len(around) == 1
    for visit in visits:
        followed = any(
            reader == visit.reader and visit.began_at <= at < visit.began_at + A_DAY
            for reader, at in asks
        )
        assert visit.asked == followed
    assert count_visits(reversed(readings), asks, since=START, until=until, at=until) == visits


@pytest.mark.django_db
def test_a_visit_counts_when_its_day_is_over(cast: Cast) -> None:
    article = published(cast).article
    readers = [Reader(token=c * 32, brand=cast.shop, language="en") for c in "abc"]
    for reader in readers:
        open_article(article, reader, door=Door.CENTRE, at=cast.at)
    ask(readers[0], at=cast.at + timedelta(hours=3))
    ask(readers[1], at=cast.at + timedelta(hours=25))

    def told(brand: Brand, hours: int) -> Deflection:
        days = {"since": cast.at - A_DAY, "until": cast.at + A_DAY}
        return deflection(visits_of([brand.pk], **days, at=cast.at + timedelta(hours=hours)))

    early = told(cast.shop, 23)
    assert (early.visits, early.percent) == (0, 0)
    late = told(cast.shop, 26)
    assert (late.visits, late.spared, late.percent) == (3, 2, 67)
    assert told(cast.lifts, 26).visits == 0


@pytest.mark.django_db
def test_what_was_opened_stands_with_its_visit_and_who_read_nothing_is_not_kept(cast: Cast) -> None:
    article, other = published(cast).article, published(cast, "Opening hours").article
    reader = Reader(token="a" * 43, brand=cast.shop, language="en")
    for days, row in ((0, article), (0, other), (2, article)):
        open_article(row, reader, door=Door.WIDGET, at=cast.at + days * A_DAY)
    visits = visits_of(
        [cast.shop.pk], since=cast.at, until=cast.at + 9 * A_DAY, at=cast.at + 9 * A_DAY
    )
    read = [[each.article for each in opened] for opened in opened_in(visits).values()]
    assert read == [[article.pk, other.pk], [article.pk]]
    ask(Reader(token="b" * 43, brand=cast.shop, language="en"), at=cast.at)
    assert not Ask.objects.exists()
