"""Mappings: whatever comes, it is mapped or said why not; paths lead where they say."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.channels.incoming.mapping import (
    NotAPath,
    Rules,
    Unmapped,
    events_in,
    require_paths,
)

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
ANYTHING = st.recursive(
    SCALARS, lambda part: st.lists(part) | st.dictionaries(st.text(), part), max_leaves=20
)


# What PostgreSQL cannot keep is taken out, as the test above says.
WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1)
BYTES = st.binary() | ANYTHING.map(lambda said: json.dumps(said).encode())


@given(BYTES, st.sampled_from(["", "a"]))
def test_whatever_comes_is_mapped_or_told_why_not(raw: bytes, each: str) -> None:
    rules = Rules(each=each, subject="{{a}} {{$.b[0]}}", text="b", key="a.b", state="c")
    try:
        events = events_in(raw, rules)
    except Unmapped:
        return
    assert all(found.subject for found in events)
    for found in events:
        (found.subject + found.text + found.key).encode()
        assert "\x00" not in found.subject + found.text + found.key


def test_half_a_sign_is_stored_as_another_one() -> None:
    (event,) = events_in(b'{"a": "x\\ud800", "k": "\\udfff"}', Rules(subject="a", key="k"))
    (event.subject + event.key).encode()


@given(st.lists(st.text("abcxyz", min_size=1), min_size=1, max_size=5), WORDS)
def test_a_path_leads_to_what_lies_there(steps: list[str], word: str) -> None:
    said: Any = word
    for step in reversed(steps):
        said = {step: [said]}
    path = ".".join(f"{step}[0]" for step in steps)
    require_paths(Rules(subject="x", key=path))
    rules = Rules(subject="{{none}}here", key=path)
    (event,) = events_in(json.dumps(said).encode(), rules)
    assert event.key == word


@pytest.mark.parametrize("path", ["a b", "a[*]", "a[", "{{a", "a[-1]", "x" * 400])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(NotAPath):
        require_paths(Rules(subject="x", key=path))
