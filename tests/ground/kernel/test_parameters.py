"""Parameters fit by name and type, or the mistake is named."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel import parameters
from ambidesk.ground.kernel.parameters import Unfit


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Painting:
    colour: Colour
    coats: int
    tags: tuple[int, ...] = ()
    glossy: bool = False
    price: Decimal | None = None
    dry_at: datetime | None = None
    due_on: date | None = None
    words: str = ""


LEAST: dict[str, Any] = {"colour": "red", "coats": 2}


def test_values_are_read_into_their_types() -> None:
    read = parameters.read(
        Painting,
        {
            **LEAST,
            "tags": [1, 2],
            "price": "9.90",
            "dry_at": "2026-03-02T09:00:00+00:00",
            "due_on": "2026-03-02",
        },
    )
    assert read == Painting(
        colour=Colour.RED,
        coats=2,
        tags=(1, 2),
        price=Decimal("9.90"),
        dry_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
        due_on=date(2026, 3, 2),
    )


@pytest.mark.parametrize(
    "name,value",
    [
        ("colour", "green"),
        ("coats", "2"),
        ("coats", True),
        ("coats", 2.0),
        ("coats", None),
        ("glossy", 1),
        ("price", 9.9),
        ("price", "NaN"),
        ("price", "a lot"),
        ("dry_at", "2026-03-02T09:00:00"),
        ("dry_at", "tomorrow"),
        ("dry_at", 5),
        ("due_on", "2026-13-01"),
        ("tags", 1),
        ("tags", ["1"]),
        ("words", 5),
        ("owner", 1),
    ],
)
def test_what_does_not_fit_is_named(name: str, value: object) -> None:
    with pytest.raises(Unfit) as refused:
        parameters.read(Painting, {**LEAST, name: value})
    assert refused.value.names == [name]


def test_everything_missing_or_unknown_is_named_at_once() -> None:
    with pytest.raises(Unfit, match="coats, colour, owner"):
        parameters.read(Painting, {"owner": 1})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
)
NAMES = st.sampled_from([each.name for each in parameters.declared(Painting)]) | st.text(max_size=4)


@given(st.dictionaries(NAMES, JSON, max_size=6))
def test_no_json_does_anything_but_fit_or_be_refused(given: dict[str, Any]) -> None:
    with suppress(Unfit):
        read = parameters.read(Painting, given)
        assert type(read.coats) is int


def test_forms_learn_what_is_asked() -> None:
    colour, coats, tags, *_rest, words = parameters.declared(Painting)
    assert (colour.required, colour.choices) == (True, (Colour.RED, Colour.BLUE))
    assert (coats.type, coats.required, coats.choices) == (int, True, ())
    assert (tags.type, tags.many, tags.required) == (int, True, False)
    assert (words.type, words.optional) == (str, False)


def test_a_field_that_json_cannot_fill_is_refused_when_declared() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Odd:
        thing: object

    with pytest.raises(TypeError, match="thing"):
        parameters.declared(Odd)
