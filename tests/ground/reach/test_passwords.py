"""Passwords: long, uncommon, and nobody's own name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.reach.models import User
from ambidesk.ground.reach.passwords import WeakPassword, require_strong
from ambidesk.ground.reach.rules.guessing import surprises_in, unit_of
from ambidesk.wiring import settings
from tests.conftest import MOMENT

OLGA = User(email="olga.orlova@desk.example", name="Olga Orlova-Severnaya", joined_at=MOMENT)


@pytest.mark.parametrize(
    "weak",
    [
        "short",
        "fourteen signs",
        "ambidesk is my desk",
        "qwertyuiopasdfghjkl",
        "йцукенгшщзхъфывапролджэ",
        "passwordpassword",
        "Password20252026!",
        "aaaaaaaaaaaaaaaaaaaa",
        "olga orlova-severnaya",
        "x" * 257,
    ],
)
def test_a_weak_password_is_refused_with_a_sentence(db: None, weak: str) -> None:
    with pytest.raises(WeakPassword) as refused:
        require_strong(weak, OLGA)
    assert str(refused.value)


@pytest.mark.parametrize(
    "strong", ["seven purple bicycles", "семь лиловых лошадей", "kV7-pZ2_mQ9-xR4w"]
)
def test_three_words_of_any_language_will_do(db: None, strong: str) -> None:
    require_strong(strong, OLGA)


@given(st.text(min_size=1, max_size=40))
def test_there_is_never_more_to_guess_than_there_are_signs(password: str) -> None:
    assert 0 <= surprises_in(password) <= len(password)


@given(st.text(min_size=1, max_size=12), st.integers(2, 5))
def test_a_repetition_is_no_more_than_its_unit(word: str, times: int) -> None:
    assert unit_of(word * times) == unit_of(word)
    assert surprises_in(word * times) <= len(word)


def test_passwords_are_kept_by_argon2() -> None:
    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
