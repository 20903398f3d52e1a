"""A mapping says what it cannot be in a sentence, and means what it says."""

from datetime import UTC, datetime, timedelta

import pytest

from ambidesk.across.importing.describing import describe
from ambidesk.across.importing.rules.mapping import Kind, read_mapping
from ambidesk.across.importing.rules.refusals import (
    KeyMissing,
    NotToml,
    UnknownKey,
    WrongValue,
)
from ambidesk.across.importing.rules.rows import Problem, Row, read_row
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.support.tickets.rules.states import Priority, State

LEAST = 'source = "old"\n[columns]\nticket = "id"\ntime = "at"\n'


@pytest.mark.parametrize(
    "text,refusal",
    [
        ("source = ", NotToml),
        ('[columns]\nticket = "id"\ntime = "at"', KeyMissing),
        ('source = "old"\n[columns]\nticket = "id"', KeyMissing),
        (LEAST + 'colour = "x"', UnknownKey),
        (LEAST + '[values.state]\n"Done" = "finished"', WrongValue),
        (LEAST + '[time]\nzone = "Moscow"', WrongValue),
        (LEAST + '[create]\nteams = "yes"', WrongValue),
        (LEAST + '[values]\nmissing = "?"', WrongValue),
        ("columns = 3", WrongValue),
    ],
)
def test_what_is_no_mapping_is_refused_in_a_sentence(text: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        read_mapping(text)
    assert str(refused.value).endswith(".")


def read(cells: dict[str, str], more: str = "") -> Row | Problem:
    return read_row(cells, line=2, mapping=read_mapping(LEAST + more), zone=UTC)


def test_values_mean_what_the_mapping_says_and_ours_mean_themselves() -> None:
    more = (
        'state = "s"\npriority = "p"\nkind = "k"\nteam = "t"\n'
        '[values]\nmissing = ["?"]\n[values.state]\n"Done" = "solved"\n"-100" = "ignore"\n'
        '[values.priority]\n"*" = "high"\n[values.kind]\n"comment" = "note"\n'
        '[values.team]\n"T1" = "First line"\n'
    )
    cells = {"id": "7", "at": "2026-03-02T09:00:00", "s": "Done", "p": "whatever"}
    row = read({**cells, "k": "comment", "t": "T1"}, more)
    assert isinstance(row, Row)
    assert (row.state, row.priority) == (State.SOLVED, Priority.HIGH)
    assert (row.kind, row.team) == (Kind.NOTE, "First line")
    other = read({**cells, "s": "-100", "k": "answer", "t": "?"}, more)
    assert isinstance(other, Row)
    assert (other.state, other.kind, other.team) == (None, Kind.ANSWER, "")


def test_an_instant_is_read_in_the_form_and_zone_of_the_mapping() -> None:
    more = '[time]\nformat = "%d.%m.%Y %H:%M"\nzone = "Europe/Moscow"\n'
    row = read({"id": "7", "at": "02.03.2026 12:00"}, more)
    assert isinstance(row, Row)
    assert row.at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert row.at.utcoffset() == timedelta(hours=3)


@pytest.mark.parametrize(
    "cells,more,says",
    [
        ({"at": "2026-03-02"}, "", "names no ticket"),
        ({"id": "7", "at": "yesterday"}, "", "yesterday"),
        ({"id": "7", "at": ""}, "", "no time"),
        ({"id": "7", "at": "2026-03-02", "s": "Odd"}, 'state = "s"\n', "what state “Odd” is"),
        ({"id": "7", "at": "2026-03-02", "o": "first"}, 'order = "o"\n', "first"),
        ({"id": "7", "at": "2026-03-02", "e": "nobody"}, 'requester_email = "e"\n', "no address"),
    ],
)
def test_a_line_says_what_is_wrong_with_it(cells: dict[str, str], more: str, says: str) -> None:
    problem = read(cells, more)
    assert isinstance(problem, Problem)
    assert describe(problem).startswith("Line 2")
    assert says in describe(problem)
