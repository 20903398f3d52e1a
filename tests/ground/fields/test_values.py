"""Values: what is typed becomes a value of its kind, or is refused in words."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.fields.rules import refusals
from ambidesk.ground.fields.rules.spec import Kind, Limits
from ambidesk.ground.fields.rules.values import Value, as_typed, in_words, read, typed, written
from tests.ground.fields.making import MEANT, TYPED, spec

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_reads_what_people_type(kind: Kind) -> None:
    value = typed(spec(kind), [TYPED[kind]], zone=BERLIN)
    assert value is not None
    assert value == MEANT.get(kind, value)
    assert in_words(spec(kind), value, language="en")


@pytest.mark.parametrize("kind", list(Kind))
def test_a_value_comes_back_from_json_and_from_the_form_as_it_was(kind: Kind) -> None:
    value = typed(spec(kind), [TYPED[kind]], zone=BERLIN)
    assert read(spec(kind), written(value)) == value
    assert typed(spec(kind), as_typed(value, zone=BERLIN), zone=BERLIN) == value


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_typed_is_no_value(kind: Kind) -> None:
    assert typed(spec(kind), ["  "], zone=UTC) is None
    assert read(spec(kind), None) is None


@pytest.mark.parametrize(
    "kind, said, refusal",
    [
        (Kind.WHOLE, "3.5", refusals.NotWhole),
        (Kind.WHOLE, "NaN", refusals.NotANumber),
        (Kind.DECIMAL, "1e999999", refusals.NotANumber),
        (Kind.DECIMAL, "3.555", refusals.TooManyDigits),
        (Kind.MONEY, "many", refusals.NotANumber),
        (Kind.YES, "maybe", refusals.WrongValue),
        (Kind.CHOICE, "7", refusals.NotAnOption),
        (Kind.CHOICE, "<script>", refusals.NotAnOption),
        (Kind.DAY, "01.03.2026", refusals.NotADay),
        (Kind.INSTANT, "tomorrow", refusals.NotAnInstant),
        (Kind.EMAIL, "nobody", refusals.NotAnAddress),
        (Kind.PHONE, "12", refusals.NotAPhone),
        (Kind.LINK, "javascript:alert(1)", refusals.NotALink),
        (Kind.TEXT, "x" * 501, refusals.TooLong),
    ],
)
def test_what_is_no_value_is_refused_beside_its_field(
    kind: Kind, said: str, refusal: type[refusals.FieldRefusal]
) -> None:
    with pytest.raises(refusal) as refused:
        typed(spec(kind), [said], zone=UTC)
    assert refused.value.field == "field_1"


def test_limits_are_kept() -> None:
    between = spec(Kind.WHOLE, limits=Limits(least=Decimal(2), most=Decimal(4)))
    with pytest.raises(refusals.TooSmall):
        typed(between, ["1"], zone=UTC)
    with pytest.raises(refusals.TooLarge):
        typed(between, ["5"], zone=UTC)
    assert typed(between, ["4"], zone=UTC) == Decimal(4)


def test_a_mask_says_how_it_is_written() -> None:
    serial = spec(Kind.TEXT, limits=Limits(mask="@@-####"))
    assert typed(serial, ["ЛК-2041"], zone=UTC) == "ЛК-2041"
    with pytest.raises(refusals.OffMask):
        typed(serial, ["2041"], zone=UTC)


def test_one_choice_takes_one_and_several_take_several_in_the_order_of_the_field() -> None:
    assert typed(spec(Kind.SEVERAL), ["103", "101"], zone=UTC) == (101, 103)
    with pytest.raises(refusals.NotAnOption):
        typed(spec(Kind.CHOICE), ["101", "102"], zone=UTC)


def test_a_time_is_meant_in_the_zone_of_whoever_typed_it() -> None:
    value = typed(spec(Kind.INSTANT), ["2026-07-01T10:00"], zone=BERLIN)
    assert value == datetime(2026, 7, 1, 8, tzinfo=UTC)


def test_a_choice_of_a_tree_is_said_with_all_it_belongs_to() -> None:
    assert in_words(spec(Kind.TREE), (103,), language="en") == "Choice 1 / Choice 2 / Choice 3"


WHATEVER = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=5,
)


@given(kind=st.sampled_from(list(Kind)), given_json=WHATEVER)
def test_whatever_json_brings_is_a_value_that_comes_back_or_is_refused(
    kind: Kind, given_json: object
) -> None:
    asked = spec(kind)
    try:
        value: Value | None = read(asked, given_json)
    except refusals.FieldRefusal:
        return
    assert read(asked, written(value)) == value


@given(kind=st.sampled_from(list(Kind)), said=st.lists(st.text(), max_size=3))
def test_whatever_is_typed_is_a_value_or_is_refused(kind: Kind, said: list[str]) -> None:
    try:
        value = typed(spec(kind), said, zone=BERLIN)
    except refusals.FieldRefusal:
        return
    assert value is None or isinstance(value, str | Decimal | bool | date | datetime | tuple)
