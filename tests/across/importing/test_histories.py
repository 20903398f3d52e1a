"""Rows become histories: in order, whole or held back, and the same however the file is sorted."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.across.importing.rules.histories import History, assemble, differences
from ambidesk.across.importing.rules.mapping import Kind
from ambidesk.across.importing.rules.rows import Fault, Problem, Row
from ambidesk.support.tickets.rules.states import State

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def row(number: int, **fields: object) -> Row:
    values: dict[str, object] = {
        "line": number + 2,
        "ticket": "A-1",
        "at": MONDAY + timedelta(hours=number),
        "order": float(number),
    }
    return Row(**{**values, **fields})  # type: ignore[arg-type]


rows = st.lists(
    st.builds(
        lambda state, team, assignee, hours: {
            "state": state,
            "team": team,
            "assignee": assignee,
            "at": MONDAY + timedelta(hours=hours),
        },
        st.none() | st.sampled_from(State),
        st.none() | st.sampled_from(["", "Shop", "Lifts"]),
        st.none() | st.sampled_from(["", "Olga", "Ivan"]),
        st.integers(0, 90),
    ),
    min_size=1,
    max_size=12,
).map(lambda told: [row(number, **each) for number, each in enumerate(told)])


def only(lines: list[Row]) -> History:
    (history,) = assemble(lines).histories
    return history


@given(rows, st.permutations(range(12)))
def test_the_order_of_lines_in_the_file_changes_nothing(lines: list[Row], order: list[int]) -> None:
    mixed = [lines[place] for place in order if place < len(lines)]
    assert only(mixed).digest() == only(lines).digest()


@given(rows)
def test_no_row_is_earlier_than_the_one_before(lines: list[Row]) -> None:
    history = only(lines)
    instants = [history.opened_at, *(each.at for each in history.rows)]
    assert instants == sorted(instants)


@given(rows)
def test_the_last_row_that_says_a_state_has_the_last_word(lines: list[Row]) -> None:
    history = only(lines)
    *_before, last = differences(history)
    said = [each.state for each in history.rows if each.state]
    expected = said[-1] if said else State.NEW
    # Here a ticket that somebody has is open, whatever it was called there.
    assert last.after in ({expected, State.OPEN} if expected is State.NEW else {expected})


@given(rows, st.integers(1, 12))
def test_a_file_that_has_grown_begins_with_what_it_was(lines: list[Row], number: int) -> None:
    whole, part = only(lines), only(lines[:number])
    assert part.digest() == whole.digest(len(part.rows))


def test_a_line_that_cannot_be_read_holds_its_ticket_back_and_no_other() -> None:
    lines = [row(0), Problem(fault=Fault.BAD_TIME, line=3, ticket="A-1"), row(0, ticket="A-2")]
    found = assemble(lines)
    assert [each.key for each in found.histories] == ["A-2"]
    assert found.held == {"A-1"}
    assert found.rows == 3


def test_words_that_are_none_and_words_of_nobody_are_named() -> None:
    found = assemble(
        [row(0, kind=Kind.NOTE), row(1, ticket="A-2", kind=Kind.MESSAGE, text="Hello")]
    )
    assert {each.fault for each in found.problems} == {Fault.NO_WORDS, Fault.NO_ADDRESS}


def test_an_answer_leaves_the_ticket_with_the_requester_and_their_word_brings_it_back() -> None:
    history = only(
        [
            row(0, kind=Kind.ANSWER, text="Here it is.", actor="Olga"),
            row(1, kind=Kind.MESSAGE, text="No.", email="anna@example.org"),
        ]
    )
    assert [each.after for each in differences(history)] == [State.WAITING_REQUESTER, State.OPEN]
