"""What finding computes without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.search.pages.reading import read_body
from ambidesk.ground.search.pages.recognising import recognise
from ambidesk.ground.search.pages.rules.layout import other_layout
from ambidesk.ground.search.pages.rules.nearness import WIDTH, together
from ambidesk.ground.search.pages.rules.terms import terms

PLACES = st.dictionaries(st.integers(0, 3), st.lists(st.integers(0, 60), unique=True).map(sorted))


def test_forms_of_a_word_have_one_term() -> None:
    assert len(set(terms("ребёнка дети детьми ребенок"))) == 1
    assert len(set(terms("printing prints printed"))) == 1


def test_what_hyphens_join_comes_apart() -> None:
    assert terms("веб-страница")[1:] == terms("страницы")


def test_a_layout_is_undone_by_the_other() -> None:
    assert other_layout("ghbdtn") == "привет"
    assert other_layout("руддщ") == "hello"


@given(PLACES)
def test_nearness_is_within_what_the_words_tell(places: dict) -> None:
    worths = [1.0, 2.0, 3.0, 4.0]
    found = together(places, worths)
    assert (
        0 <= found.window <= sum(worths[word] for word, stands in places.items() if stands) + 1e-9
    )
    assert 0 <= found.pairs <= sum(worths)


@given(PLACES)
def test_the_best_window_is_the_best_of_all(places: dict) -> None:
    worths = [1.0, 2.0, 4.0, 8.0]
    best = max(
        (
            sum(
                worths[word]
                for word, stands in places.items()
                if any(start <= place <= start + WIDTH for place in stands)
            )
            for start in range(61)
        ),
        default=0,
    )
    assert together(places, worths).window == pytest.approx(best)


@pytest.mark.parametrize(
    "body, headings, lines",
    [
        (
            "<h2>A <b>b</b></h2>tail<p>one<br>two</p><ul><li>x<li>y</ul><script>no</script>",
            ("A b",),
            ("A b", "tail", "one", "two", "x", "y"),
        ),
        (
            "# T\n\na **b** [link](https://x.example) \n\n- item\n```\ncode\n",
            ("T",),
            ("T", "a b link", "item", "code"),
        ),
        ("LEN\nGives the length.\n\n1 < 2 and <b>", ("LEN", "1 < 2 and <b>"), ("LEN", "Gives the length.", "1 < 2 and <b>")),
        ("", (), ()),
    ],
)  # fmt: skip
def test_a_body_is_read_in_whatever_it_is_written(body, headings, lines) -> None:
    found = read_body(body)
    assert (found.headings, found.lines) == (headings, lines)


@given(st.text())
def test_any_body_can_be_read(body: str) -> None:
    found = read_body(body)
    assert set(found.headings) <= set(found.lines)


@pytest.mark.parametrize(
    "text, language",
    [
        ("Как напечатать страницу в чёрно-белом виде?", "ru"),
        ("PowerPoint сохранение как", "ru"),
        ("How do I print a page in black and white?", "en"),
        ("ACOSH", "en"),
        ("42", "xx"),
        ("", "xx"),
    ],
)
def test_a_language_is_recognised(text: str, language: str) -> None:
    assert recognise(text, among=("ru", "en"), otherwise="xx") == language
