"""Unpacking: honest JSON comes out as it went in, and nothing else ends anything but plainly."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel.unpacking import NotJson, unpacked

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_what_was_packed_is_unpacked(value: object) -> None:
    assert unpacked(json.dumps(value)) == value


@given(st.integers(61, 5000), st.sampled_from(["[", '{"a":']))
def test_what_lies_too_deep_is_refused(depth: int, opening: str) -> None:
    closing = "]" if opening == "[" else "}"
    for text in (opening * depth + "1" + closing * depth, opening * depth):
        with pytest.raises(NotJson):
            unpacked(text)


@given(st.binary(max_size=100))
def test_bytes_of_any_kind_are_json_or_refused(raw: bytes) -> None:
    with contextlib.suppress(NotJson):
        unpacked(raw)
