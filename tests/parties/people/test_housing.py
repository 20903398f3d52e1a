"""Households: persons who live together stay persons of their own."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.describing import AlreadyErased
from ambidesk.parties.people.erasing import erase
from ambidesk.parties.people.housing import (
    InAnother,
    NameIt,
    NoHousehold,
    Themselves,
    house,
    household_of,
    housemates_of,
    move_out,
    rename_household,
)
from ambidesk.parties.people.joining import join
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Household, Housemate, IdentityKind, Join, Person
from ambidesk.parties.people.parting import part
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def person(cast: Cast, name: str) -> Person:
    """Somebody with an address."""
    caller = Caller(kind=IdentityKind.EMAIL, value=f"{name.lower()}@example.org", name=name)
    return meet(caller, by=SYSTEM, at=cast.at).person


def names(of: Person) -> list[str]:
    """The others of their household."""
    return [each.called for each in housemates_of(of)]


def test_a_household_is_founded_named_and_joins_nobody(cast: Cast) -> None:
    asya, bert, cleo = (person(cast, name) for name in ("Asya", "Bert", "Cleo"))
    with pytest.raises(NameIt):
        house(asya, bert, by=SYSTEM, at=cast.at)
    made = house(asya, bert, name="Petrov", by=SYSTEM, at=cast.at)
    assert house(bert, cleo, by=SYSTEM, at=cast.at) == made
    assert house(bert, cleo, by=SYSTEM, at=cast.at) == made
    assert (names(asya), names(cleo)) == (["Bert", "Cleo"], ["Asya", "Bert"])
    assert rename_household(made, name="Sidorov", by=SYSTEM, at=cast.at).name == "Sidorov"
    assert not Join.objects.exists()
    assert {asya.whole, bert.whole, cleo.whole} == {asya.pk, bert.pk, cleo.pk}


def test_a_person_is_in_one_household_and_not_with_themselves(cast: Cast) -> None:
    asya, bert, cleo, dora = (person(cast, name) for name in ("Asya", "Bert", "Cleo", "Dora"))
    house(asya, bert, name="One", by=SYSTEM, at=cast.at)
    house(cleo, dora, name="Two", by=SYSTEM, at=cast.at)
    with pytest.raises(InAnother, match="Two"):
        house(asya, cleo, by=SYSTEM, at=cast.at)
    with pytest.raises(Themselves):
        house(asya, asya, name="Me", by=SYSTEM, at=cast.at)


def test_who_stays_alone_is_in_no_household(cast: Cast) -> None:
    asya, bert = person(cast, "Asya"), person(cast, "Bert")
    house(asya, bert, name="Petrov", by=SYSTEM, at=cast.at)
    move_out(bert, by=SYSTEM, at=cast.at)
    assert household_of(asya) is None
    assert not Household.objects.exists()
    with pytest.raises(NoHousehold):
        move_out(asya, by=SYSTEM, at=cast.at)


def test_an_erased_person_leaves_and_comes_into_none(cast: Cast) -> None:
    asya, bert, cleo = (person(cast, name) for name in ("Asya", "Bert", "Cleo"))
    house(asya, bert, name="Petrov", by=SYSTEM, at=cast.at)
    house(asya, cleo, by=SYSTEM, at=cast.at)
    erase(bert, by=SYSTEM, at=cast.at)
    assert names(asya) == ["Cleo"]
    with pytest.raises(AlreadyErased):
        house(asya, bert, by=SYSTEM, at=cast.at)
    erase(cleo, by=SYSTEM, at=cast.at)
    assert household_of(asya) is None


def test_who_was_joined_brings_the_household_along_and_parted_takes_it_away(cast: Cast) -> None:
    asya, bert, asenka = (person(cast, name) for name in ("Asya", "Bert", "Asenka"))
    house(asenka, bert, name="Petrov", by=SYSTEM, at=cast.at)
    row = join(asya, asenka, by=SYSTEM, at=cast.at)
    asya.refresh_from_db()
    assert names(asya) == ["Bert"]
    assert names(bert) == ["Asya"]
    part(row, by=SYSTEM, at=cast.at)
    for each in (asya, asenka):
        each.refresh_from_db()
    assert (household_of(asya), names(asenka)) == (None, ["Bert"])


@given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 4)), max_size=12))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_done_a_household_has_two_and_a_person_one(
    cast: Cast, steps: list[tuple[bool, int, int]]
) -> None:
    Household.objects.all().delete()
    people = [person(cast, name) for name in ("Asya", "Bert", "Cleo", "Dora", "Emil")]
    for comes, one, other in steps:
        try:
            if comes:
                house(people[one], people[other], name="Home", by=SYSTEM, at=cast.at)
            else:
                move_out(people[one], by=SYSTEM, at=cast.at)
        except (InAnother, NoHousehold, Themselves):
            continue
    for household in Household.objects.all():
        assert household.housemates.count() >= 2
    living = list(Housemate.objects.values_list("person", flat=True))
    assert len(living) == len(set(living))
    for each in people:
        assert all(each in housemates_of(other) for other in housemates_of(each))
