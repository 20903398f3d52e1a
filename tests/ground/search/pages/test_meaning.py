"""What has other words for it is found by its meaning, across languages; without it, by words."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.reach.models import User
from ambidesk.ground.search.pages.finding import find_meant
from ambidesk.ground.search.pages.meaning.bundled import is_installed
from ambidesk.ground.search.pages.meaning.choosing import compares, engine, extend
from ambidesk.ground.search.pages.meaning.engine import NoAnswer
from ambidesk.ground.search.pages.meaning.filling import fill_due, filled
from ambidesk.ground.search.pages.meaning.nearest import forget_rests
from ambidesk.ground.search.pages.page import Page
from ambidesk.ground.search.pages.rules.fusing import fuse
from ambidesk.ground.search.pages.writing import write_pages
from tests.ground.search.pages.embeddings import Server, has_vectors, serving

PAGES = [
    Page(key=1, language="en", title="Replace the toner", body="Open the lid of the machine."),
    Page(key=2, language="en", title="Stuck between floors", body="Press the bell of the lift."),
    Page(key=3, language="en", title="Opening hours", body="We are open on Mondays."),
    Page(key=4, language="ru", title="Часы работы", body="Мы открыты по понедельникам."),
]
ORDERS = st.lists(st.integers(0, 30), unique=True, max_size=20)


VECTORS = pytest.mark.skipif(not has_vectors(), reason="this PostgreSQL has no pgvector")


@pytest.fixture
def endpoint(db: None, settings: Any) -> Iterator[Server]:
    """A desk with an endpoint of vectors, and some pages."""
    forget_rests()
    with serving() as server:
        settings.EGRESS_HOSTS = frozenset({"127.0.0.1"})
        settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL = server.url, f"m{server.url[-9:]}"
        settings.EMBEDDINGS_KEY = "sealed"
        write_pages(PAGES, shelf="s")
        yield server
    forget_rests()


def keys(text: str, language: str = "ru", **more: Any) -> list[int]:
    found = find_meant(text, shelf="s", language=language, **more)
    return [hit.key for hit in found.hits]


@VECTORS
def test_a_russian_question_finds_an_english_article(endpoint: Server) -> None:
    assert keys("как заменить картридж") == []
    assert fill_due() == len(PAGES)
    assert keys("как заменить картридж") == [1]
    assert keys("застрял в лифте") == [2]
    (hit,) = find_meant("картридж", shelf="s", language="ru").hits
    assert hit.is_meant
    assert hit.title == "Replace the toner"
    sent = endpoint.asked[-1]
    assert (sent["path"], sent["input"]) == ("/v1/embeddings", ["картридж"])
    assert endpoint.headers[-1]["Authorization"] == "Bearer sealed"


@VECTORS
def test_words_go_on_to_count_and_ones_own_language_stands_first(endpoint: Server) -> None:
    fill_due()
    assert keys("понедельник") == [4, 3]
    assert keys("toner", "en") == [1]


@VECTORS
def test_only_what_may_be_seen_is_found_by_meaning(endpoint: Server) -> None:
    fill_due()
    assert keys("картридж", among=User.objects.filter(pk__in=[2])) == []


@VECTORS
def test_vectors_are_made_in_sets_and_what_was_cut_off_goes_on(endpoint: Server) -> None:
    assert fill_due(limit=3) == 3
    endpoint.status = 503
    with pytest.raises(NoAnswer):
        fill_due(limit=3)
    told = filled()
    assert told
    assert (told.pages, told.of) == (3, 4)
    endpoint.status = 200
    assert [fill_due(limit=3), fill_due(limit=3)] == [1, 0]
    write_pages([Page(key=1, language="en", title="Refunds")], shelf="s")
    assert keys("картридж") == []
    assert fill_due() == 1
    assert keys("хочу вернуть деньги") == [1]


@VECTORS
def test_one_text_that_is_refused_keeps_no_other_waiting(endpoint: Server) -> None:
    endpoint.refused = "Refunds"
    write_pages([Page(key=9, language="en", title="Refunds")], shelf="s")
    assert (fill_due(), fill_due()) == (len(PAGES) + 1, 0)
    assert keys("как заменить картридж") == [1]
    assert keys("хочу вернуть деньги") == []
    endpoint.status = 400
    write_pages([Page(key=2, language="en", title="The lift")], shelf="s")
    with pytest.raises(NoAnswer):
        fill_due()
    endpoint.status = 200
    assert fill_due() == 1


@VECTORS
@pytest.mark.parametrize(
    "told",
    [{}, [], {"data": []}, {"data": [{"index": 0}]}, {"data": [{"index": 0, "embedding": []}]},
     {"data": [{"index": 0, "embedding": ["x"]}]}, {"data": [{"index": 7, "embedding": [1]}]},
     {"data": [{"index": 0, "embedding": [float("nan")]}]}],
)  # fmt: skip
def test_an_endpoint_that_says_nonsense_or_nothing_leaves_the_search_by_words(
    endpoint: Server, told: object
) -> None:
    fill_due()
    endpoint.told = told
    number = len(endpoint.asked)
    assert keys("понедельник") == [4]
    # It is left alone for a while: nobody waits for it at each question.
    assert keys("понедельник") == [4]
    assert len(endpoint.asked) == number + 1


@VECTORS
def test_vectors_of_another_length_or_model_are_not_compared(endpoint: Server) -> None:
    fill_due()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE search_meaning SET vector = '{1,0}'")
    assert keys("картридж") == []


def test_where_it_is_switched_off_nothing_is_asked(endpoint: Server, settings: Any) -> None:
    fill_due()
    number = len(endpoint.asked)
    settings.EMBEDDINGS_URL = "off"
    assert engine() is None
    assert (fill_due(), filled(), keys("картридж")) == (0, None, [])
    assert len(endpoint.asked) == number


@given(ORDERS, ORDERS)
def test_all_of_both_orders_stand_in_the_fused_one_and_nothing_twice(
    first: list[int], second: list[int]
) -> None:
    found = fuse(first, second)
    assert sorted(found) == sorted({*first, *second})
    assert fuse(first, first) == first
    assert fuse(first, []) == first
    for one, other in ((a, b) for a in first for b in first if a in second and b in second):
        if first.index(one) < first.index(other) and second.index(one) < second.index(other):
            assert found.index(one) < found.index(other)


@pytest.mark.skipif(not is_installed(), reason="the extra semantic is not installed")
@VECTORS
@pytest.mark.django_db
def test_the_bundled_model_knows_both_languages_without_a_network(settings: Any) -> None:
    settings.EMBEDDINGS_URL = ""
    write_pages(PAGES, shelf="s")
    assert extend()
    assert compares()
    assert fill_due() == len(PAGES)
    assert keys("как поменять картридж в принтере")[0] == 1
    assert keys("застрял в кабине лифта")[0] == 2
