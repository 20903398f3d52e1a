"""Lines of support: up with what was tried, back with a reason, and the time spent on each."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.conditions.binding import bind
from ambidesk.ground.conditions.compiling import compiled
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.forming import form_team
from ambidesk.parties.staff.models import Team
from ambidesk.parties.staff.models.team import Line
from ambidesk.support.tickets.assigning import ForeignTeam, assign
from ambidesk.support.tickets.closing import reopen, solve
from ambidesk.support.tickets.escalating import (
    NeverEscalated,
    NoReason,
    NotFurther,
    Why,
    can_hand_back,
    escalate,
    hand_back,
)
from ambidesk.support.tickets.fields import TICKET_VOCABULARY, asker_of
from ambidesk.support.tickets.lines import path_of
from ambidesk.support.tickets.models import Escalation, Ticket
from ambidesk.support.tickets.rules.lines import Move, stays, time_on_lines
from tests.cast import Cast, hired

WHY = Why(reason="The meter is broken", tried="Restarted it twice")


def team(cast: Cast, name: str, line: Line) -> Team:
    """A further team of the shop, with one member of its own."""
    member = hired(f"{name} Expert", "operator", None, at=cast.at)
    return form_team(
        None, name=name, brands=[cast.shop], members=[member], line=line, by=SYSTEM, at=cast.at
    )


def test_a_ticket_goes_up_with_its_reason_and_comes_back_to_who_had_it(cast: Cast) -> None:
    ticket, olga = cast.ticket(), cast.actor(cast.olga)
    assign(ticket, assignee=cast.olga, team=cast.shop_team, by=olga, at=cast.at)
    second = team(cast, "Repair", Line.SECOND)
    made = escalate(ticket, second, why=WHY, by=olga, at=cast.at)
    ticket.refresh_from_db()
    assert (ticket.line, ticket.team, ticket.assignee) == (2, second, None)
    assert (made.reason, made.tried, made.from_line) == (*(WHY.reason, WHY.tried), 1)
    assert can_hand_back(ticket)
    back = hand_back(ticket, reason="A wrong password", by=SYSTEM, at=cast.at)
    ticket.refresh_from_db()
    assert (ticket.line, ticket.team, ticket.assignee) == (1, cast.shop_team, cast.olga)
    assert (ticket.returned_times, back.kind) == (1, "returned")
    assert [each.kind for each in entries_of("ticket", ticket.pk)].count("tickets.escalated") == 2
    assert not can_hand_back(ticket)


def test_over_three_lines_each_return_leads_one_step_back(cast: Cast) -> None:
    ticket = cast.ticket()
    second, third = team(cast, "Repair", Line.SECOND), team(cast, "Works", Line.THIRD)
    escalate(ticket, second, why=WHY, by=SYSTEM, at=cast.at)
    escalate(ticket, third, why=WHY, by=SYSTEM, at=cast.at)
    seen = []
    for _step in range(2):
        hand_back(ticket, reason="Not ours", by=SYSTEM, at=cast.at)
        ticket.refresh_from_db()
        seen.append((ticket.line, ticket.team))
    assert seen == [(2, second), (1, cast.shop_team)]
    with pytest.raises(NeverEscalated):
        hand_back(ticket, reason="Not ours", by=SYSTEM, at=cast.at)


def test_what_makes_no_sense_is_refused(cast: Cast) -> None:
    ticket, second = cast.ticket(), team(cast, "Repair", Line.SECOND)
    with pytest.raises(NoReason):
        escalate(ticket, second, why=Why(reason="  "), by=SYSTEM, at=cast.at)
    with pytest.raises(NotFurther, match="Shop"):
        escalate(ticket, cast.shop_team, why=WHY, by=SYSTEM, at=cast.at)
    foreign = form_team(
        None, name="Far", brands=[cast.lifts], members=[], line=Line.THIRD, by=SYSTEM, at=cast.at
    )
    with pytest.raises(ForeignTeam):
        escalate(ticket, foreign, why=WHY, by=SYSTEM, at=cast.at)
    assert not Escalation.objects.exists()


def test_the_line_of_a_ticket_is_that_of_its_team(cast: Cast) -> None:
    second = team(cast, "Repair", Line.SECOND)
    ticket = cast.ticket()
    assign(ticket, assignee=None, team=second, by=SYSTEM, at=cast.at)
    ticket.refresh_from_db()
    assert ticket.line == 2
    # Without a team it waits where it was.
    assign(ticket, assignee=None, team=None, by=SYSTEM, at=cast.at)
    ticket.refresh_from_db()
    assert ticket.line == 2


def test_views_ask_for_the_line_and_for_what_came_back(cast: Cast) -> None:
    here, up = cast.ticket(), cast.ticket()
    escalate(up, team(cast, "Repair", Line.SECOND), why=WHY, by=SYSTEM, at=cast.at)
    condition = read({"field": "line", "operator": "is", "value": 2}, TICKET_VOCABULARY)
    asker = asker_of(cast.actor(cast.olga), at=cast.at)
    rows = Ticket.objects.filter(
        compiled(bind(condition, TICKET_VOCABULARY, asker=asker), at=cast.at)
    )
    assert list(rows) == [up]
    assert here not in rows


def test_the_path_tells_how_long_a_ticket_was_on_each_line(cast: Cast) -> None:
    ticket, hour = cast.ticket(), timedelta(hours=1)
    second = team(cast, "Repair", Line.SECOND)
    escalate(ticket, second, why=WHY, by=SYSTEM, at=cast.at + hour)
    solve(ticket, by=SYSTEM, at=cast.at + 4 * hour)
    reopen(ticket, by=SYSTEM, at=cast.at + 10 * hour)
    hand_back(ticket, reason="Not ours", by=SYSTEM, at=cast.at + 11 * hour)
    ticket.refresh_from_db()
    path = path_of(ticket, entries_of("ticket", ticket.pk), at=cast.at + 13 * hour)
    assert [(each.line, each.lasting // hour) for each in path.stays] == [
        (1, 1),
        (2, 3),
        (2, 1),
        (1, 2),
    ]
    assert path.sums == {1: 3 * hour, 2: 4 * hour}


def test_what_comes_back_to_nobody_in_particular_is_on_the_first_line_again(cast: Cast) -> None:
    ticket, hour = cast.ticket(), timedelta(hours=1)
    assign(ticket, assignee=None, team=None, by=SYSTEM, at=cast.at)
    escalate(ticket, team(cast, "Repair", Line.SECOND), why=WHY, by=SYSTEM, at=cast.at + hour)
    hand_back(ticket, reason="Not ours", by=SYSTEM, at=cast.at + 3 * hour)
    ticket.refresh_from_db()
    path = path_of(ticket, entries_of("ticket", ticket.pk), at=cast.at + 6 * hour)
    assert (ticket.line, ticket.team) == (1, None)
    assert path.sums == {1: 4 * hour, 2: 2 * hour}


BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
INSTANTS = st.integers(0, 10_000).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
MOVES = st.lists(
    st.builds(lambda at, line: Move(at=at, line=line), INSTANTS, st.sampled_from([None, 1, 2, 3])),
    max_size=12,
)


@given(moves=MOVES, until=INSTANTS)
def test_stays_follow_each_other_and_end_where_they_should(moves, until) -> None:
    found = stays(moves, until=until)
    for stay in found:
        assert stay.begin < stay.end <= until
    for one, other in pairwise(found):
        assert one.end <= other.begin
        assert one.line != other.line or one.end < other.begin


@given(moves=MOVES, until=INSTANTS)
def test_all_time_since_the_first_move_is_on_a_line_or_at_rest(moves, until) -> None:
    lines = time_on_lines(stays(moves, until=until))
    swapped = [Move(at=move.at, line=1 if move.line is None else None) for move in moves]
    rest = time_on_lines(stays(swapped, until=until))
    first = min((move.at for move in moves[:1]), default=until)
    whole = max(until - first, timedelta())
    assert sum(lines.values(), timedelta()) + sum(rest.values(), timedelta()) == whole


@given(moves=MOVES, until=INSTANTS, later=st.integers(0, 500))
def test_time_that_passes_only_adds(moves, until, later) -> None:
    # What happened before an instant is not told otherwise afterwards.
    past = [move for move in moves if move.at <= until]
    before = time_on_lines(stays(past, until=until))
    after = time_on_lines(stays(past, until=until + timedelta(minutes=later)))
    assert all(after.get(line, timedelta()) >= lasting for line, lasting in before.items())
