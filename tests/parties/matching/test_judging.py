"""What is joined by itself, what is proposed, and what is nothing; over a made-up town, never wrongly."""

from dataclasses import replace

import pytest

from ambidesk.edge.commands.generating.lookalikes import make_town
from ambidesk.parties.matching.commonness import Commonness
from ambidesk.parties.matching.deciding import Tier
from ambidesk.parties.matching.evaluating import measure
from ambidesk.parties.matching.judging import judge, judge_all
from ambidesk.parties.matching.record import Record

ANNA = Record(
    key="1",
    given="Анна",
    surname="Вербицкая",
    emails=("verbitskaya@example.org",),
    phones=("+79161234567",),
    birth="19800403",
    house="5",
    street="Лесная улица",
    locality="Тверь",
    postcode="170000",
)


def _tier(one, other):
    judged = judge(one, other, commonness=Commonness())
    assert judge(other, one, commonness=Commonness()).tier is judged.tier
    return judged.tier


def test_the_same_mailbox_and_name_in_another_script_is_proof():
    other = Record(key="2", given="Anya", surname="Verbitskaya", emails=ANNA.emails)
    assert _tier(ANNA, other) is Tier.AUTOMATIC


def test_name_day_and_phone_are_proof():
    other = Record(key="2", given="Анна", surname="Вербицкая", birth="19800304", phones=ANNA.phones)
    assert _tier(ANNA, other) is Tier.AUTOMATIC


def test_a_phone_alone_is_no_proof_though_the_names_agree():
    other = Record(key="2", given="Анна", surname="Вербицкая", phones=ANNA.phones)
    assert _tier(ANNA, other) is Tier.PROPOSED


@pytest.mark.parametrize("given", ["Мария", "Павел", "Яна"])
def test_twins_and_couples_are_two(given):
    assert _tier(ANNA, replace(ANNA, key="2", given=given, emails=())) is Tier.NOTHING


def test_mother_and_daughter_of_one_name_are_not_joined():
    daughter = replace(ANNA, key="2", birth="20051217", emails=())
    assert _tier(ANNA, daughter) is not Tier.AUTOMATIC


def test_a_shared_box_says_nothing():
    box = ("info@firm.example",)
    records = [
        Record(key=str(n), given=given, surname=surname, emails=box)
        for n, (given, surname) in enumerate(
            [("Anna", "Orlova"), ("Anna", "Smirnova"), ("Olga", "Orlova")]
        )
    ]
    assert judge_all(records) == []


def test_two_who_are_like_a_third_are_not_joined_by_that():
    first = Record(key="1", given="Anna", surname="Verbitskaya", emails=("a.verb@example.org",))
    middle = replace(ANNA, key="2", emails=("a.verb@example.org",))
    third = Record(key="3", given="Анна", surname="Вербицкая", birth="19800403", phones=ANNA.phones)
    tiers = {(each.left, each.right): each.tier for each in judge_all([first, middle, third])}
    assert tiers["1", "2"] is Tier.AUTOMATIC
    assert tiers["2", "3"] is Tier.AUTOMATIC
    assert tiers.get(("1", "3")) is not Tier.AUTOMATIC


@pytest.mark.parametrize("seed", [1, 2])
def test_in_a_town_nobody_is_joined_wrongly(seed):
    town = make_town(1500, seed=seed)
    found = measure(judge_all(town.records), town.truth)
    assert found["automatic"].precision == 1.0
    assert found["automatic"].recall > 0.35
    assert found["proposed"].recall > 0.93
    assert found["proposed"].precision > 0.8


def test_one_seed_makes_one_town():
    assert make_town(50, seed=3).records == make_town(50, seed=3).records
