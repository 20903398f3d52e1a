"""Pages are found by all forms of their words, in either language, also when mistyped."""

import pytest

from ambidesk.ground.reach.models import User
from ambidesk.ground.search.pages.finding import find_pages
from ambidesk.ground.search.pages.page import Page
from ambidesk.ground.search.pages.synonyms import remove_synonym, write_synonym
from ambidesk.ground.search.pages.writing import write_pages
from ambidesk.parties.brands.models import Brand
from tests.cast import Cast

SECRET = Page(key=99_999, language="en", title="Secret openings", body="openink")
pytestmark = pytest.mark.django_db

PAGES = [
    Page(
        key=1,
        language="ru",
        title="Принтер не печатает",
        body="# Бумага\nПроверьте бумагу.\n# Ёмкость\nЗамените картридж с чернилами <b>сами</b>.",
    ),
    Page(key=2, language="ru", title="Дети в лифте", body="Ребёнок не должен ехать в лифте один."),
    Page(key=3, language="en", title="Replace batteries", body="Open the lid of the scanner."),
    Page(
        key=4,
        language="en",
        title="Error codes",
        body="E42\nThe motor is too hot.\nE43\nThe door stands open.",
        keywords="trouble",
    ),
    Page(key=4, language="ru", title="Коды ошибок", body="E42\nДвигатель перегрелся."),
    Page(
        key=5,
        language="en",
        title="Care",
        body="Oil the door of the motor. Never mind the open roof.",
    ),
]


@pytest.fixture(autouse=True)
def _shelf(db: None) -> None:
    write_pages(PAGES, shelf="s")


def keys(text: str, language: str = "ru", **more) -> list[int]:
    return [hit.key for hit in find_pages(text, shelf="s", language=language, **more).hits]


@pytest.mark.parametrize(
    "text, key",
    [
        ("принтеры", 1),
        ("печатали", 1),
        ("емкостью", 1),
        ("ёмкости", 1),
        ("людей ребёнка", 2),
        ("replacing a battery", 3),
        ("прнтер", 1),
        ("baterry", 3),
        ("ghbynth", 1),
        ("ысфттук", 3),
        ("trouble", 4),
        ("E43", 4),
    ],
)
def test_all_forms_of_a_word_find_it(text: str, key: int) -> None:
    assert keys(text)[:1] == [key]


def test_what_was_taken_for_what_is_told() -> None:
    assert find_pages("ghbynth", shelf="s", language="ru").taken_for == (("ghbynth", ("принтер",)),)


def test_words_that_stand_together_count_more() -> None:
    assert keys("door open", "en")[0] == 4


def test_ones_own_language_comes_before_the_other() -> None:
    found = find_pages("E42", shelf="s", language="ru").hits
    assert [(hit.key, hit.language) for hit in found] == [(4, "ru"), (4, "en")]


def test_what_is_still_being_typed_finds_what_begins_so() -> None:
    assert keys("прин", unfinished=True) == [1]
    assert keys("прин") == []


def test_the_last_word_is_a_mistake_where_nothing_begins_so() -> None:
    assert keys("картредж", unfinished=True) == [1]


def test_a_synonym_is_asked_for_too() -> None:
    assert keys("мфу") == []
    write_synonym(["МФУ", "принтер"], key=1, shelf="s")
    write_synonym(["аккумуляторная батарея", "batteries"], key=2, shelf="s")
    assert keys("мфу") == [1]
    assert keys("аккумуляторная батарея") == [3]
    remove_synonym(1, shelf="s")
    assert keys("мфу") == []


def test_only_among_what_may_be_seen() -> None:
    seen = User.objects.filter(pk__in=[3])
    assert keys("E42", among=seen) == []


@pytest.mark.parametrize(
    "text", ["secre", "secert", "ыускуе", "secret", "opening secret", "openink", "openingz"]
)
@pytest.mark.parametrize("unfinished", [True, False])
def test_no_way_of_typing_tells_whether_a_word_stands_on_a_hidden_page(
    cast: Cast, text: str, *, unfinished: bool
) -> None:
    def told() -> tuple[object, ...]:
        seen = Brand.objects.filter(pk=cast.shop.pk)
        found = find_pages(text, shelf="own", language="en", among=seen, unfinished=unfinished)
        return found.taken_for, [(hit.title, hit.snippet) for hit in found.hits]

    write_pages([Page(key=cast.shop.pk, language="en", title="Opening hours")], shelf="own")
    before = told()
    write_pages([SECRET], shelf="own")
    assert told() == before


def test_what_was_found_is_marked_and_nothing_gets_out_as_markup() -> None:
    (hit,) = find_pages("картриджи", shelf="s", language="ru").hits
    assert "<mark>картридж</mark>" in hit.snippet
    assert "<b>" not in hit.snippet


@pytest.mark.parametrize("text", ["", "  ", "%", "'; DROP", "\\", "((", "a" * 5000, "%s %(x)s"])
def test_any_question_has_an_answer(text: str) -> None:
    find_pages(text, shelf="s", language="ru", unfinished=True)
