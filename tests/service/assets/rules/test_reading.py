"""Reading of counters: where one falls back, another life began."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ambidesk.service.assets.rules.lives import Life
from ambidesk.service.assets.rules.meters import Shown, lives_by_wear


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(1, 50), min_size=1, max_size=9), max_size=9))
def test_a_counter_that_falls_back_begins_another_life(parts: list[list[int]]) -> None:
    parts = [[0, *sorted(part)] for part in parts]
    shown = [Shown(value=float(value), failed=False) for part in parts for value in part]
    assert [life.end for life in lives_by_wear(shown)] == [part[-1] for part in parts]


def test_a_life_ends_at_its_first_failure() -> None:
    shown = [Shown(value=1.0, failed=False), Shown(value=5.0, failed=True)]
    shown += [Shown(value=9.0, failed=False), Shown(value=0.0, failed=False)]
    assert lives_by_wear(shown) == (Life(end=5.0, failed=True), Life(end=0.0, failed=False))
