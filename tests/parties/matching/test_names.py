"""Names of both scripts, in every spelling and form, and those that are two names all the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.parties.matching.boxes import is_role_box
from ambidesk.parties.matching.cells import day, email, phone, split_name
from ambidesk.parties.matching.likeness import Level, of_days, of_given_names, of_names
from ambidesk.parties.matching.sounds import skeleton, sound

LETTERS = st.text(
    alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz-' ", max_size=20
)


@pytest.mark.parametrize(
    "one, other",
    [
        ("Юлия", "Yulia"),
        ("Юлия", "Julia"),
        ("Юлия", "Yuliya"),
        ("Дмитрий", "Dmitry"),
        ("Сергей", "Sergey"),
        ("Пётр", "Pyotr"),
        ("Саша", "Александр"),
        ("Sasha", "Alexander"),
        ("Шура", "Alexandra"),
        ("Bob", "Robert"),
        ("Катя", "Catherine"),
        ("Алёна", "Elena"),
    ],
)
def test_one_given_name_in_two_forms_is_one(one, other):
    assert of_given_names(one, other) >= Level.ALIKE
    assert of_given_names(other, one) >= Level.ALIKE


@pytest.mark.parametrize(
    "one, other",
    [
        ("Щербаков", "Shcherbakov"),
        ("Соловьёв", "Solovyov"),
        ("Хабаров", "Khabarov"),
        ("Юрьев", "Yuriev"),
    ],
)
def test_one_surname_in_two_scripts_is_one(one, other):
    assert of_names(one, other) >= Level.ALIKE


@pytest.mark.parametrize("one, other", [("Мария", "Марина"), ("Олег", "Ольга"), ("Иван", "Игорь")])
def test_two_given_names_are_two_however_near(one, other):
    assert of_given_names(one, other) is Level.DIFFERENT


@given(LETTERS, LETTERS)
def test_comparing_does_not_depend_on_the_order(one, other):
    assert of_given_names(one, other) is of_given_names(other, one)
    assert of_names(one, other) is of_names(other, one)


@given(LETTERS)
def test_a_sound_is_its_own_sound_in_latin_letters(text):
    assert sound(text).isascii()
    assert len(skeleton(text)) <= 5


@given(st.text(max_size=60))
def test_no_cell_makes_a_reader_fail(text):
    split_name(text)
    day(text)
    email(text)
    phone(text)


def test_day_and_month_changed_about_are_alike():
    assert of_days(day("1980-04-03"), day("03/04/1980")) is Level.EQUAL
    assert of_days(day("1980-04-03"), day("04.03.1980")) is Level.ALIKE
    assert of_days("19800403", "19800413") is Level.LIKE


@pytest.mark.parametrize(
    "box", ["info@a.example", "Sales2@a.example", "no-reply@a.example", "info.moscow@a.example"]
)
def test_boxes_of_offices_are_known_by_their_name(box):
    assert is_role_box(box)
    assert not is_role_box("anna.infante@a.example")
