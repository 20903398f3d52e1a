"""Presence of visitors: who is there, who looks, and who went; told in statements for all."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel import ephemeral
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.presence import (
    PATIENCE_SECONDS,
    PLACE,
    Presence,
    Register,
    look,
    presence_of,
    tell,
)
from ambidesk.support.channels.widget.visiting import Guest, begin
from ambidesk.support.conversations.models import Channel
from tests.cast import Cast

TICK = 5.0
TICKS = st.lists(st.sets(st.integers(1, 4)), min_size=1, max_size=20)


@given(TICKS)
def test_whoever_came_and_is_missed_long_enough_went_once(ticks: list[set[int]]) -> None:
    register, balance = Register(), dict.fromkeys(range(1, 5), 0)
    gone: set[int] = set()
    for number, here in enumerate([*ticks, set(), set(), set()]):
        moves = register.take(dict.fromkeys(here, "ticket:1"), now=number * TICK)
        assert not set(moves.came) & set(moves.went)
        for who in moves.came:
            balance[who] += 1
        for who in moves.went:
            balance[who] -= 1
            gone.add(who)
        assert set(moves.there) <= here
        assert all(each in {0, 1} for each in balance.values())
    assert set(balance.values()) == {0}
    assert gone == set().union(*ticks)


def test_the_next_page_of_a_site_is_no_coming_and_no_going() -> None:
    register = Register()
    register.take({1: "ticket:1"}, now=0)
    register.take({}, now=TICK)
    moves = register.take({1: "ticket:1"}, now=TICK + PATIENCE_SECONDS - 1)
    assert (moves.came, moves.went, list(moves.there)) == ({}, {}, [1])


@pytest.fixture
def other(cast: Cast, widget: Channel) -> Visitor:
    return begin(widget, Guest(name="Boris"), at=cast.at)[0]


def seen(visitor: Visitor) -> Presence:
    visitor.refresh_from_db()
    found = presence_of([visitor])
    assert found
    return found


def test_a_visitor_is_there_looks_away_and_is_gone_since(visitor: Visitor, cast: Cast) -> None:
    register, later = Register(), cast.at + timedelta(minutes=7)
    tell(register.take({visitor.pk: ""}, now=0), at=cast.at)
    assert (seen(visitor).is_there, seen(visitor).is_in_front) == (True, True)
    look(visitor, is_in_front=False)
    assert (seen(visitor).is_there, seen(visitor).is_in_front) == (True, False)
    register.take({}, now=TICK)
    # The clock of the register stands for one that has gone on.
    ephemeral.enter_many(PLACE, [visitor.pk], seconds=20)
    tell(register.take({}, now=TICK + PATIENCE_SECONDS), at=later)
    assert (seen(visitor).is_there, seen(visitor).since) == (False, later)


def test_who_came_back_by_another_process_stays(visitor: Visitor, at: datetime) -> None:
    register = Register()
    tell(register.take({visitor.pk: ""}, now=0), at=at)
    register.take({}, now=TICK)
    tell(Register().take({visitor.pk: ""}, now=0), at=at)
    tell(register.take({}, now=TICK + PATIENCE_SECONDS), at=at)
    assert seen(visitor).is_there


def test_many_are_told_of_at_once(visitor: Visitor, other: Visitor, at: datetime) -> None:
    register = Register()
    register.take({visitor.pk: "", other.pk: ""}, now=0)
    register.take({}, now=TICK)
    with CaptureQueriesContext(connection) as queries:
        tell(register.take({}, now=TICK + PATIENCE_SECONDS), at=at)
    assert len(queries) <= 1


def test_a_visitor_who_never_was_is_nothing() -> None:
    assert presence_of([]) is None
