"""Defining: what a field is stays, its words and choices change, what is archived is kept."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ambidesk.ground.fields.defining import (
    Choice,
    KindIsFixed,
    NoLabel,
    NoOptions,
    NothingBetween,
    Wanted,
    archive,
    define,
)
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.refusals import TooLarge
from ambidesk.ground.fields.rules.spec import Kind, Limits, Texts
from ambidesk.ground.kernel.money import NoCurrency
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM
from tests.cast import Cast

pytestmark = pytest.mark.django_db
FLOOR = Wanted(kind=Kind.WHOLE, label=Texts(en="Floor", ru="Этаж"))
ROOM = Wanted(
    kind=Kind.TREE,
    label=Texts(en="Room"),
    choices=(
        Choice(label=Texts(en="House")),
        Choice(label=Texts(en="Kitchen"), depth=1),
        Choice(label=Texts(en="Sink"), depth=2),
        Choice(label=Texts(en="Yard")),
    ),
)


def test_words_and_limits_change_while_the_kind_stays(cast: Cast) -> None:
    row = define(None, wanted=FLOOR, by=SYSTEM, at=cast.at)
    limits = Limits(least=Decimal(-2), most=Decimal(40))
    define(row, wanted=replace(FLOOR, limits=limits, default="1"), by=SYSTEM, at=cast.at)
    assert Definition.objects.get().spec.limits == limits
    with pytest.raises(KindIsFixed):
        define(row, wanted=replace(FLOOR, kind=Kind.TEXT), by=SYSTEM, at=cast.at)


@pytest.mark.parametrize(
    "wanted, refusal",
    [
        (replace(FLOOR, label=Texts()), NoLabel),
        (replace(FLOOR, kind=Kind.CHOICE), NoOptions),
        (replace(FLOOR, kind=Kind.MONEY), NoCurrency),
        (replace(FLOOR, limits=Limits(least=Decimal(2), most=Decimal(1))), NothingBetween),
        (replace(FLOOR, limits=Limits(most=Decimal(1)), default="2"), TooLarge),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, wanted: Wanted, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        define(None, wanted=wanted, by=SYSTEM, at=cast.at)
    assert not Definition.objects.exists()


def test_choices_of_a_tree_hang_as_they_are_indented(cast: Cast) -> None:
    spec = define(None, wanted=ROOM, by=SYSTEM, at=cast.at).spec
    by_label = {each.label.en: each for each in spec.options}
    said = [each.label.en for each in spec.path_of(by_label["Sink"].id)]
    assert said == ["House", "Kitchen", "Sink"]
    assert spec.below(frozenset({by_label["House"].id})) == {
        by_label[name].id for name in ("House", "Kitchen", "Sink")
    }


def test_a_choice_left_out_is_archived_and_keeps_its_id(cast: Cast) -> None:
    row = define(None, wanted=ROOM, by=SYSTEM, at=cast.at)
    kept = tuple(
        Choice(id=each.id, label=each.label) for each in row.spec.options if not each.parent
    )
    define(row, wanted=replace(ROOM, choices=kept), by=SYSTEM, at=cast.at)
    spec = Definition.objects.get().spec
    assert {each.label.en for each in spec.options if each.is_archived} == {"Kitchen", "Sink"}


def test_an_archived_field_can_be_used_again(cast: Cast) -> None:
    row = define(None, wanted=FLOOR, by=SYSTEM, at=cast.at)
    archive(row, by=SYSTEM, at=cast.at)
    assert Definition.objects.get().spec.is_archived
    archive(row, by=SYSTEM, at=cast.at)
    assert not Definition.objects.get().spec.is_archived
