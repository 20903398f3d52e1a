"""Sealed secrets: readable with the desk's keys only."""

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from pytest_django.fixtures import Settings as DjangoSettings

from ambidesk.ground.kernel.sealing import CannotUnseal, renewed, seal, unseal


@given(secret=st.text(st.characters(exclude_categories=["Cs"])))
@tries(max_examples=50)
def test_what_was_sealed_is_read_again(secret: str) -> None:
    assert unseal(seal(secret)) == secret


def test_a_sealed_secret_shows_nothing() -> None:
    assert "correct horse" not in seal("correct horse")
    assert seal("correct horse") != seal("correct horse")
    assert seal("") == ""


def test_another_key_reads_nothing_and_says_what_to_do(settings: DjangoSettings) -> None:
    settings.SECRET_KEY = "one"
    sealed = seal("correct horse")
    settings.SECRET_KEY = "two"
    with pytest.raises(CannotUnseal, match="AMBIDESK_SECRET_KEY_FALLBACKS"):
        unseal(sealed)


def test_after_a_rotation_the_old_key_still_opens_and_renewal_needs_it_no_more(
    settings: DjangoSettings,
) -> None:
    settings.SECRET_KEY = "one"
    sealed = seal("correct horse")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "two", ["one"]
    assert unseal(sealed) == "correct horse"
    anew = renewed(sealed)
    assert renewed(anew) == anew
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(anew) == "correct horse"
    with pytest.raises(CannotUnseal):
        renewed(sealed)


def test_what_somebody_scribbled_into_the_row_is_refused() -> None:
    with pytest.raises(CannotUnseal):
        unseal("not sealed at all")
