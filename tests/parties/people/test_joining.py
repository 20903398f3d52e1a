"""Joining persons and taking joins apart: what each has stays theirs, what holds of one is shared."""

import pytest

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.describing import AlreadyErased
from ambidesk.parties.people.erasing import erase
from ambidesk.parties.people.joining import (
    AlreadyOne,
    ToldApart,
    join,
    join_proved,
)
from ambidesk.parties.people.judging import take_back, tell_apart
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Identity, IdentityKind, Join, Person
from ambidesk.parties.people.parting import AlreadyParted, joins_of, part
from ambidesk.parties.people.parts import parts_of


@pytest.fixture
def met(db, at):
    def meet_one(value, *, name="", kind=IdentityKind.EMAIL):
        return meet(Caller(kind=kind, value=value, name=name), by=SYSTEM, at=at)

    return meet_one


@pytest.fixture
def three(met):
    return [met(f"{name}@example.org", name=name).person for name in ("anna", "anya", "hannah")]


def _wholes(persons):
    return [Person.objects.get(pk=person.pk).whole for person in persons]


def test_joined_persons_are_one_and_keep_their_addresses(three, at):
    anna, anya, _hannah = three
    join(anya, anna, by=SYSTEM, at=at)
    assert parts_of(anya) == (anna.pk, anya.pk)
    assert Identity.objects.get(value="anya@example.org").person == anya
    assert Person.objects.get(pk=anya.pk).called == "anna"


def test_a_join_over_a_third_is_undone_alone(three, at):
    anna, anya, hannah = three
    first = join(anna, anya, by=SYSTEM, at=at)
    join(anya, hannah, by=SYSTEM, at=at)
    assert _wholes(three) == [anna.pk] * 3
    part(first, by=SYSTEM, at=at)
    assert _wholes(three) == [anna.pk, anya.pk, anya.pk]
    assert joins_of(anna) == []


def test_what_is_one_cannot_be_joined_again(three, at):
    anna, anya, hannah = three
    join(anna, anya, by=SYSTEM, at=at)
    join(anya, hannah, by=SYSTEM, at=at)
    with pytest.raises(AlreadyOne):
        join(anna, hannah, by=SYSTEM, at=at)
    with pytest.raises(AlreadyOne):
        join(anna, anna, by=SYSTEM, at=at)


def test_a_join_is_undone_once(three, at):
    joined = join(three[0], three[1], by=SYSTEM, at=at)
    part(joined, by=SYSTEM, at=at)
    with pytest.raises(AlreadyParted):
        part(joined, by=SYSTEM, at=at)


def test_who_was_told_apart_is_joined_by_no_detour(three, at):
    anna, anya, hannah = three
    said = tell_apart(anna, hannah, by=SYSTEM, at=at)
    join(anna, anya, by=SYSTEM, at=at)
    with pytest.raises(ToldApart):
        join(anya, hannah, by=SYSTEM, at=at)
    take_back(said, by=SYSTEM, at=at)
    join(anya, hannah, by=SYSTEM, at=at)
    assert len(set(_wholes(three))) == 1


def test_an_erased_person_is_joined_with_nobody(three, at):
    erase(three[1], by=SYSTEM, at=at)
    with pytest.raises(AlreadyErased):
        join(three[0], three[1], by=SYSTEM, at=at)


def test_an_address_that_proves_itself_joins_by_itself(met, at):
    mail, chat = met("anna@example.org"), met("tg:1", kind=IdentityKind.MESSENGER)
    joined = join_proved(chat.person, mail, by=SYSTEM, at=at)
    assert joined.proof == mail
    assert parts_of(mail.person) == (mail.person_id, chat.person_id)


@pytest.mark.parametrize("address", ["info@firm.example", "sales.moscow@firm.example"])
def test_a_box_of_an_office_joins_nobody(met, at, address):
    box, chat = met(address), met("tg:1", kind=IdentityKind.MESSENGER)
    assert join_proved(chat.person, box, by=SYSTEM, at=at) is None
    assert Join.objects.count() == 0


def test_a_box_that_several_write_from_is_learnt_and_joins_nobody(met, at):
    for name in ("Anna Orlova", "Пётр Смирнов", "Olga Ivanova"):
        box = met("aurora@firm.example", name=name)
    chat = met("tg:1", kind=IdentityKind.MESSENGER)
    assert Identity.objects.get(pk=box.pk).shared
    assert join_proved(chat.person, box, by=SYSTEM, at=at) is None


def test_one_person_who_signs_in_different_ways_is_no_box(met, at):
    for name in ("Anna Orlova", "Анна Орлова", "Аня", "anya orlova"):
        own = met("orlova@firm.example", name=name)
    assert not Identity.objects.get(pk=own.pk).shared


def test_what_a_colleague_took_apart_no_proof_joins_again(met, at):
    mail, chat = met("anna@example.org"), met("tg:1", kind=IdentityKind.MESSENGER)
    part(join_proved(chat.person, mail, by=SYSTEM, at=at), by=SYSTEM, at=at)
    assert join_proved(chat.person, mail, by=SYSTEM, at=at) is None


def test_the_journal_tells_of_joins_by_ids_only(three, at):
    part(join(three[0], three[1], by=SYSTEM, at=at), by=SYSTEM, at=at)
    told = list(journal.entries_of("person", three[0].pk))[-2:]
    assert [entry.kind for entry in told] == ["people.joined", "people.parted"]
    assert told[0].data["other_id"] == three[1].pk
