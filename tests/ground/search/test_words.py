"""How texts and questions are taken apart; no database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.search.marks import LEVELS, marks_from, windows
from ambidesk.ground.search.snippets import marked, snippet
from ambidesk.ground.search.words import joined, plain, words_of


@pytest.mark.parametrize(
    "text, words",
    [
        ("Подъёмник стоит!", ["подъемник", "стоит"]),
        ("Мой чай", ["мой", "чай"]),
        ("Café déjà-vu", ["cafe", "deja", "vu"]),
        ("SN-4711-AB", ["sn", "4711", "ab", "sn4711ab"]),
        ("sn4711ab", ["sn4711ab", "sn", "4711", "ab"]),
        ("1.5 kg", ["1", "5", "kg"]),
        ("+7 (495) 123-45-67", ["7", "495", "123", "45", "67", "1234567"]),
        ("anna@example.org", ["anna", "example", "org", "annaexampleorg"]),
        ("see example.org/a_b", ["see", "example", "org", "a", "b", "exampleorgab"]),
        ("...", []),
        ("'; DROP TABLE x; --", ["drop", "table", "x"]),
    ],
)
def test_a_text_is_taken_apart(text: str, words: list[str]) -> None:
    assert list(words_of(text)) == words


@given(st.text())
def test_words_have_no_signs_that_a_query_or_a_mark_could_be_made_of(text: str) -> None:
    for word in words_of(text):
        assert word
        assert not set(word) & set("'\\:*&|!()<>= \t\n\"")


@given(st.text())
def test_making_plain_twice_is_once(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_a_serial_is_one_word_however_it_is_written() -> None:
    assert joined("SN-4711/AB") == joined("sn 4711 ab") == "sn4711ab"


def test_a_writer_is_marked_by_name_address_and_domain() -> None:
    assert marks_from(name="Anna Petrova", address="a.petrova@example.org") == (
        "from:a",
        "from:anna",
        "from:apetrova",
        "from:apetrovaexampleorg",
        "from:exampleorg",
        "from:petrova",
    )


@given(st.integers(1, 10**7))
def test_windows_grow_and_end_with_everything(newest: int) -> None:
    class Letter:
        letter = "x"

    found = windows(Letter(), newest)
    assert found[-1].marks == ("=kx",)
    assert found[-1].size is None
    assert len(found) <= len(LEVELS) + 1
    for level, window in zip(LEVELS, found[:-1], strict=False):
        assert f"=bx{level}.{newest >> level}" in window.marks
        assert window.size == 4 << level


@given(st.text(), st.text(max_size=5))
def test_nothing_of_a_text_gets_out_as_markup(text: str, word: str) -> None:
    words = frozenset(words_of(word))
    for html in (marked(text, words), snippet(text, words)):
        rest = html.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in rest
        assert ">" not in rest
        assert '"' not in rest


def test_what_was_asked_for_is_marked_in_its_own_letters() -> None:
    assert marked("Подъёмник <b>", frozenset({"подъемник"})) == ("<mark>Подъёмник</mark> &lt;b&gt;")


def test_a_snippet_shows_the_place_where_the_words_stand_together() -> None:
    text = "lift " + "x " * 200 + "the lift door is broken " + "y " * 200
    found = snippet(text, frozenset({"lift", "door"}))
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert "<mark>lift</mark> <mark>door</mark>" in found
