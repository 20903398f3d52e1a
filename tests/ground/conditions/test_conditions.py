"""Conditions as they are read, said in words, and known beforehand; no database."""

from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import translation

from ambidesk.ground.conditions.binding import Asker, bind
from ambidesk.ground.conditions.describing import described, in_words
from ambidesk.ground.conditions.evaluating import all_of, any_of, evaluated, opposite
from ambidesk.ground.conditions.fields import (
    Boolean,
    Choice,
    Instant,
    Number,
    Option,
    Reference,
    Text,
)
from ambidesk.ground.conditions.knowing import may_hold
from ambidesk.ground.conditions.letters import fold
from ambidesk.ground.conditions.parsing import read, written
from ambidesk.ground.conditions.refusals import (
    HasNoWindow,
    NotACondition,
    TooDeep,
    TooLarge,
    TooManyCounts,
    TooManyValues,
    UnknownField,
    UnknownOperator,
    UnknownRelation,
    WrongNumber,
    WrongValue,
)
from ambidesk.ground.conditions.vocabularies import Relation, Vocabulary, register
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM, Actor
from tests.conftest import MOMENT

COLOURS = (Option(value="red", label="Red"), Option(value="blue", label="Blue"))
DOGS = (Option(value=1, label="Rex"), Option(value=2, label="Belka"))
FLEAS = Vocabulary(
    name="flea",
    fields=(Number(name="age", label="Age", path="age"),),
)


def rows_of_fleas(actor: Actor) -> QuerySet[Any]:
    raise NotImplementedError(actor)


RELATIONS = tuple(
    Relation(
        name=name,
        label=name.capitalize(),
        vocabulary=lambda: FLEAS,
        rows=rows_of_fleas,
        links=(("thing", "pk"),),
        when=when,
    )
    for name, when in (("fleas", "born"), ("legs", ""))
)
VOCABULARY = Vocabulary(
    name="thing",
    relations=RELATIONS,
    fields=(
        Choice(name="colour", label="Colour", path="colour", options=COLOURS),
        Text(name="title", label="Title", path="title"),
        Number(name="legs", label="Legs", path="legs", nullable=True),
        Boolean(name="loud", label="Loud", path="loud"),
        Instant(name="seen", label="Seen", path="seen", nullable=True),
        Reference(
            name="dog",
            label="Dog",
            path="dog",
            nullable=True,
            options=lambda _actor: DOGS,
            symbols=(Option(value="mine", label="my dog"),),
        ),
    ),
)
RED = {"field": "colour", "operator": "is", "value": "red"}
OLD = {"field": "age", "operator": "more", "value": 2}
WEEK = {"amount": 1, "unit": "weeks"}
LOUD = {"field": "loud", "operator": "is", "value": True}


def asked(field: str, operator: str, *value: object) -> dict[str, object]:
    """A question, with a value where one is given."""
    plain: dict[str, object] = {"field": field, "operator": operator}
    return {**plain, "value": value[0]} if value else plain


def fleas(quantity: str, number: object, **more: object) -> dict[str, object]:
    """A count, with a window or a condition where they are given."""
    return {"relation": "fleas", "quantity": quantity, "number": number, **more}


@pytest.mark.parametrize(
    "given, refusal",
    [
        (None, NotACondition),
        ([], NotACondition),
        ("colour is red", NotACondition),
        ({}, NotACondition),
        ({"all": []}, NotACondition),
        ({"all": RED}, NotACondition),
        ({"all": [RED], "any": [RED]}, NotACondition),
        ({**RED, "more": 1}, NotACondition),
        ({"field": "colour"}, NotACondition),
        (asked("smell", "is", "red"), UnknownField),
        (asked("colour__in", "is", "red"), UnknownField),
        ({"field": 1, "operator": "is", "value": 1}, UnknownField),
        (asked("colour", "contains", "re"), UnknownOperator),
        (asked("colour", "empty"), UnknownOperator),
        (asked("title", "regex", "(a+)+$"), UnknownOperator),
        (asked("colour", "is"), WrongValue),
        (asked("colour", "is", "green"), WrongValue),
        (asked("colour", "is", ["red"]), WrongValue),
        (asked("colour", "one_of", "red"), WrongValue),
        (asked("colour", "one_of", []), WrongValue),
        (asked("title", "is", ""), WrongValue),
        (asked("title", "is", "  "), WrongValue),
        (asked("title", "is", "a\x00b"), WrongValue),
        (asked("title", "is", "\ud83d"), WrongValue),
        (asked("title", "is", "a" * 201), WrongValue),
        (asked("title", "is", 5), WrongValue),
        (asked("title", "empty", "yes"), WrongValue),
        (asked("legs", "is", True), WrongValue),
        (asked("legs", "is", "1.5"), WrongValue),
        (asked("legs", "is", "NaN"), WrongValue),
        (asked("legs", "is", "1e999999"), WrongValue),
        (asked("legs", "is", float("inf")), WrongValue),
        (asked("legs", "is", None), WrongValue),
        (asked("loud", "is", 1), WrongValue),
        (asked("loud", "is", "true"), WrongValue),
        (asked("seen", "before", "2026-03-02"), WrongValue),
        (asked("seen", "before", "2026-03-02T09:00:00"), WrongValue),
        (asked("seen", "before", "0001-01-01T00:00:00+00:00"), WrongValue),
        (asked("seen", "before", 5), WrongValue),
        (asked("seen", "older", 5), WrongValue),
        (asked("seen", "older", {"amount": 1, "unit": "years"}), WrongValue),
        (asked("seen", "older", {"amount": -1, "unit": "days"}), WrongValue),
        (asked("seen", "older", {"amount": 10**9, "unit": "weeks"}), WrongValue),
        (asked("seen", "older", {"amount": True, "unit": "days"}), WrongValue),
        (asked("dog", "is", "1"), WrongValue),
        (asked("dog", "is", 0), WrongValue),
        (asked("dog", "is", 2**63), WrongValue),
        (asked("dog", "is", {"symbol": "yours"}), WrongValue),
        (asked("dog", "is", {"symbol": "mine", "id": 1}), WrongValue),
        (asked("dog", "one_of", list(range(1, 102))), TooManyValues),
        ({**fleas("at_least", 1), "relation": "cats"}, UnknownRelation),
        ({**fleas("at_least", 1), "relation": 1}, UnknownRelation),
        (fleas("about", 1), UnknownOperator),
        (fleas("at_least", 0), WrongNumber),
        (fleas("at_least", 1001), WrongNumber),
        (fleas("at_most", -1), WrongNumber),
        (fleas("at_most", True), WrongNumber),
        (fleas("exactly", "1"), WrongNumber),
        (fleas("at_least", 1, within=None), WrongValue),
        (fleas("at_least", 1, within={"amount": 1, "unit": "years"}), WrongValue),
        ({**fleas("at_least", 1, within=WEEK), "relation": "legs"}, HasNoWindow),
        (fleas("at_least", 1, where=RED), UnknownField),
        (fleas("at_least", 1, where=[OLD]), NotACondition),
        (fleas("at_least", 1, of="dog"), NotACondition),
        ({"relation": "fleas", "number": 1}, NotACondition),
        ({"any": [fleas("at_least", 1)] * 6}, TooManyCounts),
    ],
)
def test_what_is_no_condition_is_refused_in_a_sentence(
    given: object, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        read(given, VOCABULARY)
    assert type(refused.value) is refusal
    assert refused.value.field == "condition"
    assert str(refused.value)


def test_conditions_stay_small() -> None:
    deep: dict[str, object] = RED
    for _ in range(5):
        deep = {"not": deep}
    assert read(deep, VOCABULARY)
    with pytest.raises(TooDeep):
        read({"not": deep}, VOCABULARY)
    with pytest.raises(TooLarge):
        read({"any": [{"all": [RED] * 26}, {"all": [RED] * 26}]}, VOCABULARY)
    endless: dict[str, object] = {}
    endless["not"] = endless
    with pytest.raises(TooDeep):
        read(endless, VOCABULARY)


@pytest.mark.parametrize(
    "condition, words",
    [
        (RED, "Colour is Red"),
        (asked("colour", "one_of", ["red", "blue"]), "Colour is one of Red or Blue"),
        (asked("title", "contains", "lift"), "Title contains “lift”"),
        (asked("legs", "at_least", 1200), "Legs is at least 1200"),
        (LOUD, "Loud: yes"),
        (asked("seen", "older", {"amount": 1, "unit": "days"}), "Seen is longer ago than 1 day"),
        (asked("seen", "filled"), "Seen is not empty"),
        (asked("dog", "is", {"symbol": "mine"}), "Dog is my dog"),
        (asked("dog", "is", 7), "Dog is #7"),
        (
            {"all": [RED, {"any": [LOUD, {"not": asked("dog", "is", 2)}]}]},
            "Colour is Red and (Loud: yes or not (Dog is Belka))",
        ),
        (fleas("at_least", 3), "Fleas: at least 3"),
        (fleas("at_most", 0, within=WEEK), "Fleas: none in the last 1 week"),
        (
            fleas("exactly", 2, within=WEEK, where={"all": [OLD]}),
            "Fleas: exactly 2 in the last 1 week (Age is more than 2)",
        ),
    ],
)
def test_a_condition_is_said_in_words(condition: object, words: str) -> None:
    with translation.override("en"):
        assert in_words(read(condition, VOCABULARY), VOCABULARY, actor=SYSTEM) == words


def test_the_builder_is_told_every_field_with_what_it_can_be_asked() -> None:
    with translation.override("en"):
        told = described(VOCABULARY, actor=SYSTEM)
    colour, _title, legs, loud, seen, dog = told["fields"]
    assert colour["options"] == [
        {"value": "red", "label": "Red"},
        {"value": "blue", "label": "Blue"},
    ]
    assert {"name": "is", "label": "is", "shape": "one"} in colour["operators"]
    assert [each["name"] for each in loud["operators"]] == ["is"]
    assert "empty" in [each["name"] for each in legs["operators"]]
    assert {each["shape"] for each in seen["operators"]} == {"one", "duration", "nothing"}
    assert dog["symbols"] == [{"value": {"symbol": "mine"}, "label": "my dog"}]
    assert told["most"] == 50
    assert told["relations"][0] == {"name": "fleas", "label": "Fleas", "of": "flea", "timed": True}
    assert [each["name"] for each in told["related"]["flea"]["fields"]] == ["age"]


def test_what_others_know_is_asked_like_what_is_its_own() -> None:
    mine = Vocabulary(name="mine", fields=VOCABULARY.fields[:1])
    lent = Number(name="tail", label="Tail", path="tail")
    mine.extend(source := lambda: (lent, RELATIONS[0]))
    mine.extend(source)
    assert [each.name for each in mine.fields] == ["colour", "tail"]
    assert [each.name for each in mine.relations] == ["fleas"]
    assert read({"all": [asked("tail", "more", 3), fleas("at_most", 2)]}, mine)


def test_a_count_is_kept_as_it_was_said() -> None:
    condition = fleas("exactly", 2, within=WEEK, where={"not": OLD})
    assert written(read(condition, VOCABULARY)) == condition


def test_a_duration_is_kept_as_it_was_said() -> None:
    condition = asked("seen", "newer", {"amount": 24, "unit": "hours"})
    assert written(read(condition, VOCABULARY)) == condition


@pytest.mark.parametrize(
    "condition, may",
    [
        (RED, ["red"]),
        ({"not": RED}, ["blue"]),
        (LOUD, ["red", "blue"]),
        ({"all": [RED, LOUD]}, ["red"]),
        ({"any": [RED, LOUD]}, ["red", "blue"]),
        ({"not": {"any": [RED, LOUD]}}, ["blue"]),
        ({"all": [RED, {"not": RED}]}, []),
        (asked("colour", "none_of", ["blue"]), ["red"]),
    ],
)
def test_it_is_known_beforehand_what_cannot_hold(condition: object, may: list[str]) -> None:
    bound = bind(read(condition, VOCABULARY), VOCABULARY, asker=Asker(at=MOMENT))
    assert [colour for colour in ("red", "blue") if may_hold(bound, {"colour": colour})] == may


def test_three_values_are_those_of_sql() -> None:
    assert all_of([]) is True
    assert all_of([True, None]) is None
    assert all_of([False, None]) is False
    assert any_of([]) is False
    assert any_of([False, None]) is None
    assert any_of([True, None]) is True
    assert opposite(None) is None


def test_what_is_compared_with_nothing_is_unknown_and_so_is_its_opposite() -> None:
    class Thing:
        legs = None

    for operator in ("is", "is_not"):
        bound = bind(
            read(asked("legs", operator, 4), VOCABULARY), VOCABULARY, asker=Asker(at=MOMENT)
        )
        assert evaluated(bound, Thing(), at=MOMENT) is None


def test_letters_lose_their_case_one_by_one() -> None:
    assert fold("ЁЖ İΣΑΣ ẞ") == "ёж iσασ ß"


def test_two_fields_of_one_name_are_found_when_the_desk_starts() -> None:
    twice = (VOCABULARY.fields[0], VOCABULARY.fields[0])
    with pytest.raises(TypeError):
        register(Vocabulary(name="twice", fields=twice))
