"""Reading of repairs of the past and of counters."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ambidesk.service.assets.rules.lives import Life
from ambidesk.service.assets.rules.meters import Shown, lives_by_wear
from ambidesk.service.assets.rules.orders import BadCell, Columns, Order, Wrong, read_orders

COLUMNS = Columns(
    asset="Unit",
    day="Day",
    text="What",
    kind="Kind",
    cost="Cost",
    failures=frozenset({"repair"}),
    others=frozenset({"planned"}),
)
ROW = {"Unit": "7", "Day": "2024-02-29", "What": "Compressor", "Kind": "repair", "Cost": "1 200,50"}


def read(**cells: str | None) -> Order | BadCell:
    (answer,) = read_orders([{**ROW, **cells}], COLUMNS)
    return answer


def test_a_row_is_read_by_its_headings() -> None:
    assert read() == Order(
        line=2,
        asset="7",
        day=date(2024, 2, 29),
        text="Compressor",
        cost=Decimal("1200.50"),
        is_failure=True,
    )


def test_each_kind_of_bad_cell_is_named_with_its_line_and_column() -> None:
    rows = [
        {**ROW, "Unit": "  "},
        {**ROW, "Day": "29.02.2023"},
        {**ROW, "Cost": "NaN"},
        {**ROW, "Kind": "t swing"},
        ROW,
    ]
    bad = [each for each in read_orders(rows, COLUMNS) if isinstance(each, BadCell)]
    assert [(each.line, each.column, each.wrong) for each in bad] == [
        (2, "Unit", Wrong.MISSING),
        (3, "Day", Wrong.NOT_A_DAY),
        (4, "Cost", Wrong.NOT_A_NUMBER),
        (5, "Kind", Wrong.UNKNOWN_KIND),
    ]


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(ROW)), st.none() | st.text()))
def test_whatever_stands_in_a_cell_is_read_or_named(cells: dict[str, str | None]) -> None:
    assert isinstance(read(**cells), (Order, BadCell))


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
