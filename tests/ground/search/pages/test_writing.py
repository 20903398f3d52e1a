"""Pages are written a few at a time; what is counted of them is what a shelf written anew has."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.search.pages.finding import find_pages
from ambidesk.ground.search.pages.page import Page
from ambidesk.ground.search.pages.writing import remove_pages, write_pages

pytestmark = pytest.mark.django_db

WORDS = st.lists(
    st.sampled_from("door doors лифт лифты лифтом stuck motor ёлка # 42".split()), max_size=8
)
PAGE = st.builds(
    lambda key, language, title, lines, keywords: Page(
        key=key,
        language=language,
        title=" ".join(title),
        body="\n".join(" ".join(line) for line in lines),
        keywords=" ".join(keywords),
    ),
    st.integers(1, 5),
    st.sampled_from(["en", "ru"]),
    WORDS,
    st.lists(WORDS, max_size=3),
    WORDS,
)
STEP = st.one_of(st.lists(PAGE, max_size=4), st.sets(st.integers(1, 5), max_size=3))


def counted(shelf: str) -> list:
    with connection.cursor() as cursor:
        found = []
        for sql in (
            "SELECT language, pages, titles, headings, bodies, keywords FROM search_shelf WHERE shelf = %s ORDER BY 1",
            "SELECT term, pages FROM search_term WHERE shelf = %s ORDER BY 1",
            "SELECT key, language, title, body, print, titles, headings, bodies, keywords, heading_lengths FROM search_page WHERE shelf = %s ORDER BY 1, 2",
            (
                "SELECT key, language, term, title_length, heading_length, body_length, keyword_length, titles, headings, bodies, keywords, heading_numbers, places"
                " FROM search_posting WHERE shelf = %s ORDER BY 1, 2, 3"
            ),
        ):
            cursor.execute(sql, [shelf])
            found.append(cursor.fetchall())
        return found


def empty(*shelves: str) -> None:
    for shelf in shelves:
        remove_pages(range(1, 10), shelf=shelf)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(STEP, max_size=6))
def test_what_is_counted_after_edits_is_what_a_shelf_written_anew_counts(steps: list) -> None:
    empty("edited", "anew")
    standing: dict = {}
    for step in steps:
        if isinstance(step, set):
            remove_pages(step, shelf="edited")
            standing = {name: page for name, page in standing.items() if name[0] not in step}
        else:
            write_pages(step, shelf="edited")
            standing |= {(page.key, page.language): page for page in step}
    write_pages(standing.values(), shelf="anew")
    assert counted("edited") == counted("anew")


def test_a_page_written_twice_is_written_once() -> None:
    page = Page(key=1, language="en", title="Door", body="It is stuck.")
    assert write_pages([page], shelf="s") == 1
    assert write_pages([page], shelf="s") == 0


def test_an_emptied_shelf_counts_nothing() -> None:
    write_pages([Page(key=1, language="en", title="Door")], shelf="s")
    remove_pages([1], shelf="s")
    assert counted("s") == [[], [], [], []]


def test_of_a_key_one_language_can_go() -> None:
    write_pages(
        [
            Page(key=1, language="en", title="Door"),
            Page(key=1, language="ru", title="Дверь"),
        ],
        shelf="s",
    )
    remove_pages([1], shelf="s", but=["ru"])
    assert not find_pages("door", shelf="s", language="en").hits
    assert find_pages("двери", shelf="s", language="en").hits


def test_shelves_know_nothing_of_each_other() -> None:
    write_pages([Page(key=1, language="en", title="Door")], shelf="one")
    assert not find_pages("door", shelf="other", language="en").hits
