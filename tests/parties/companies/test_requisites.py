"""Requisites are checked by their own digits, and nobody has those of another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.incorporating import Requisites, RequisitesTaken, enter_entity
from ambidesk.parties.companies.registering import Profile, register
from ambidesk.parties.companies.rules import requisites
from tests.cast import Cast


@given(st.integers(min_value=0, max_value=9), st.integers(min_value=0, max_value=9))
def test_an_inn_with_one_changed_digit_is_none(place: int, digit: int) -> None:
    good = "7707083893"
    changed = f"{good[:place]}{digit}{good[place + 1 :]}"
    if changed == good:
        assert requisites.read_inn(changed) == good
    else:
        with pytest.raises(requisites.BadInn):
            requisites.read_inn(changed)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    for read in (
        requisites.read_inn,
        requisites.read_kpp,
        requisites.read_ogrn,
        requisites.read_vat,
    ):
        try:
            number = read(text)
        except InvalidInput as refused:
            number = ""
            said = str(refused)
        else:
            said = "read"
        assert said
        assert read(number) == number


@pytest.mark.django_db
def test_a_legal_entity_is_entered_with_numbers_in_one_form_and_only_once(cast: Cast) -> None:
    chain = register(None, Profile(name="Chain"), by=SYSTEM, at=cast.at)
    other = register(None, Profile(name="Other"), by=SYSTEM, at=cast.at)
    typed = Requisites(name="Chain LLC", inn="7707 083 893", kpp="770701001", vat="de 136 695 976")
    row = enter_entity(chain, typed, by=SYSTEM, at=cast.at)
    assert (row.inn, row.kpp, row.vat) == ("7707083893", "770701001", "DE136695976")
    with pytest.raises(RequisitesTaken):
        enter_entity(other, typed, by=SYSTEM, at=cast.at)
    mixed = Requisites(name="C", inn="7707083893", ogrn="304500116000157")
    with pytest.raises(requisites.OgrnOfAnotherKind):
        enter_entity(chain, mixed, known=row, by=SYSTEM, at=cast.at)
