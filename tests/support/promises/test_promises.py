"""What is promised about tickets: chosen, counted, paused, and the same when it is recounted."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from ambidesk.ground.calendars.reading import read
from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.sla.arranging import (
    NameTaken,
    StillUsed,
    archive_calendar,
    archive_policy,
    arrange_calendar,
)
from ambidesk.service.sla.keeping import facts_of
from ambidesk.service.sla.rules.facts import Goal, Target
from ambidesk.service.sla.targets import NoTargets, TakesNoTime, WarnsTooEarly
from ambidesk.support.promises.settling import clocks_of, next_due, settle
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import close, reopen, solve, wait
from ambidesk.support.tickets.describing import prioritise
from ambidesk.support.tickets.filing import file_message
from ambidesk.support.tickets.models import Priority, State, Ticket
from ambidesk.support.tickets.regrouping import merge, undo
from ambidesk.support.tickets.withdrawing import withdraw_answer
from tests.support.promises.conftest import HOUR, OFFICE, targets

pytestmark = pytest.mark.django_db
FIRST, NEXT, SOLVED = ("first_response", 1), ("next_response", 1), ("resolution", 1)
URGENT = {"field": "priority", "operator": "is", "value": 4}


def said(cast, at):
    return Answer(text="On its way.", to=(cast.anna,), due_at=at + timedelta(seconds=10))


def speak(cast, ticket, text, at):
    """Anna writes on her ticket."""
    file_message(ticket, replace(cast, at=at).write(text), by=SYSTEM, at=at)


def left(office, ticket):
    """How long after the beginning each clock is due."""
    return {
        key: row.due_at and row.due_at - office.cast.at
        for key, row in office.clocks(ticket).items()
    }


def test_a_ticket_is_promised_what_the_policy_says(office):
    ticket = office.cast.ticket()
    office.follow(office.cast.at)
    assert left(office, ticket) == {FIRST: 4 * HOUR, SOLVED: 8 * HOUR}
    ticket.refresh_from_db()
    assert ticket.due_at == office.cast.at + 4 * HOUR


def test_without_a_policy_nothing_is_promised_and_nothing_is_written(office):
    archive_policy(office.policy, by=SYSTEM, at=office.cast.at)
    ticket = office.cast.ticket()
    office.follow(office.cast.at)
    ticket.refresh_from_db()
    assert (ticket.promise, ticket.due_at) == (None, None)


def test_an_answer_meets_the_first_response_and_waiting_pauses_the_rest(office):
    cast, at = office.cast, office.cast.at
    ticket = cast.ticket()
    answer(ticket, said(cast, at), by=cast.actor(cast.olga), at=at + HOUR)
    office.follow(at + HOUR)
    clocks = office.clocks(ticket)
    assert clocks[FIRST].met_at == at + HOUR
    assert (clocks[SOLVED].is_paused, clocks[SOLVED].stage) == (True, "requester")
    assert (clocks[SOLVED].due_at, clocks[SOLVED].next_at) == (None, None)
    ticket.refresh_from_db()
    assert ticket.due_at is None
    speak(cast, ticket, "And?", at + 5 * HOUR)
    office.follow(at + 5 * HOUR)
    # Four hours were paused.
    assert left(office, ticket)[SOLVED] == 12 * HOUR
    assert left(office, ticket)[NEXT] == 7 * HOUR


def test_what_a_machine_says_is_no_answer_and_what_was_taken_back_neither(office):
    cast, at = office.cast, office.cast.at
    ticket = cast.ticket()
    answer(ticket, said(cast, at), by=SYSTEM, at=at)
    office.follow(at)
    assert office.clocks(ticket)[FIRST].met_at is None
    other = cast.ticket()
    message = answer(other, said(cast, at), by=cast.actor(cast.olga), at=at + HOUR)
    office.follow(at + HOUR)
    withdraw_answer(other, message, by=cast.actor(cast.olga), at=at + HOUR)
    office.follow(at + HOUR)
    assert office.clocks(other)[FIRST].met_at is None
    assert left(office, other)[FIRST] == 4 * HOUR


def test_reopened_goes_on_and_the_time_in_which_it_was_solved_does_not_count(office):
    cast, at, by = office.cast, office.cast.at, office.cast.actor(office.cast.olga)
    ticket = cast.ticket()
    solve(ticket, by=by, at=at + HOUR)
    office.follow(at + HOUR)
    assert office.clocks(ticket)[SOLVED].met_at == at + HOUR
    reopen(ticket, by=by, at=at + 11 * HOUR)
    office.follow(at + 11 * HOUR)
    assert left(office, ticket)[SOLVED] == 18 * HOUR
    assert office.clocks(ticket)[SOLVED].met_at is None


def test_the_first_policy_whose_condition_holds_is_taken_also_later(office):
    cast, at, by = office.cast, office.cast.at, office.cast.actor(office.cast.olga)
    office.arrange(name="Urgent", place=1, condition=URGENT, targets=targets(1, 1, 2, ()))
    ticket = cast.ticket()
    office.follow(at)
    assert left(office, ticket)[SOLVED] == 8 * HOUR
    prioritise(ticket, priority=Priority.URGENT, by=by, at=at + HOUR / 2)
    office.follow(at + HOUR / 2)
    assert left(office, ticket) == {FIRST: HOUR, SOLVED: 2 * HOUR}
    prioritise(ticket, priority=Priority.LOW, by=by, at=at + HOUR)
    office.follow(at + HOUR)
    assert left(office, ticket) == {FIRST: 4 * HOUR, SOLVED: 8 * HOUR}


def test_a_pause_survives_a_change_of_priority(office):
    cast, at, by = office.cast, office.cast.at, office.cast.actor(office.cast.olga)
    office.arrange(name="Urgent", place=1, condition=URGENT, targets=targets(1, 1, 6, ()))
    ticket = cast.ticket()
    wait(ticket, State.ON_HOLD, by=by, at=at + HOUR)
    prioritise(ticket, priority=Priority.URGENT, by=by, at=at + 2 * HOUR)
    wait(ticket, State.OPEN, by=by, at=at + 3 * HOUR)
    office.follow(at + 3 * HOUR)
    assert left(office, ticket)[SOLVED] == 8 * HOUR


def test_another_team_has_another_policy_and_the_old_target_is_gone(office):
    cast, at, by = office.cast, office.cast.at, office.cast.actor(office.cast.admin)
    of_nobody = {"field": "team", "operator": "empty"}
    office.arrange(name="No team", place=1, condition=of_nobody, targets=targets(0, 0, 20, ()))
    ticket = cast.ticket()
    office.follow(at)
    assert FIRST in left(office, ticket)
    assign(ticket, assignee=None, team=None, by=by, at=at + HOUR)
    office.follow(at + HOUR)
    assert left(office, ticket) == {SOLVED: 20 * HOUR}
    ticket.refresh_from_db()
    assert ticket.due_at == at + 20 * HOUR


def test_another_calendar_or_target_reaches_what_runs_from_its_change_on(office):
    cast, at = office.cast, office.cast.at
    ticket = cast.ticket()
    office.follow(at)
    office.arrange(office.policy, targets=targets(6, 2, 10), at=at + HOUR)
    assert office.rechoose(at + HOUR) == 1
    assert left(office, ticket) == {FIRST: 6 * HOUR, SOLVED: 10 * HOUR}
    arrange_calendar(office.always, name="Office", spec=read(OFFICE), by=SYSTEM, at=at + 2 * HOUR)
    office.rechoose(at + 2 * HOUR)
    # Two of ten hours are used: four more until the evening in Moscow, four the next day.
    assert left(office, ticket)[SOLVED] == 25 * HOUR
    assert office.rechoose(at + 3 * HOUR) == 0


def test_what_ended_keeps_its_terms(office):
    cast, at, by = office.cast, office.cast.at, office.cast.actor(office.cast.olga)
    ticket = cast.ticket()
    close(ticket, by=by, at=at + HOUR)
    office.follow(at + HOUR)
    office.arrange(office.policy, targets=targets(2, 2, 3), at=at + 2 * HOUR)
    office.rechoose(at + 2 * HOUR)
    settle({ticket.pk: at + 2 * HOUR}, by=SYSTEM, at=at + 2 * HOUR)
    assert office.clocks(ticket)[SOLVED].work_seconds == 8 * 3600


def test_a_merged_ticket_owes_nothing_until_the_merge_is_undone(office):
    cast, at, by = office.cast, office.cast.at, office.cast.actor(office.cast.olga)
    one, other = cast.ticket(), cast.ticket()
    regrouping = merge(one, other, by=by, at=at + HOUR)
    office.follow(at + HOUR)
    assert all(row.met_at for row in office.clocks(one).values())
    undo(regrouping, by=by, at=at + 3 * HOUR)
    office.follow(at + 3 * HOUR)
    assert left(office, one)[SOLVED] == 10 * HOUR


@pytest.mark.parametrize(
    "change, refusal",
    [
        ({"targets": []}, NoTargets),
        ({"targets": targets(1, 1, 1, (HOUR,))}, WarnsTooEarly),
        ({"targets": [Target(goal=Goal.RESOLUTION, work=timedelta())]}, TakesNoTime),
        ({"name": "Everybody"}, NameTaken),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(office, change, refusal):
    with pytest.raises(refusal):
        office.arrange(**{"name": "New"} | change)


def test_a_calendar_that_a_policy_counts_by_stays(office):
    with pytest.raises(StillUsed):
        archive_calendar(office.always, by=SYSTEM, at=office.cast.at)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_stored_is_what_the_journal_gives_whatever_happened(office, seed):
    """Random hands on three tickets, terms that change meanwhile, settled now and then."""
    dice = Random(seed)  # noqa: S311
    cast, now = office.cast, office.cast.at
    office.arrange(
        name="Urgent", place=1, condition=URGENT, targets=targets(1, 1, 3, (HOUR / 2,), (20,))
    )
    tickets = [cast.ticket() for _each in range(3)]
    by = cast.actor(cast.olga)
    for step in range(18):
        now += dice.choice([0, 1, 17, 61, 240]) * timedelta(minutes=1)
        ticket = Ticket.objects.get(pk=dice.choice(tickets).pk)
        _anything(office, ticket, dice, step=step, by=by, at=now)
        if dice.random() < 0.5:
            office.follow(now)
            office.rechoose(now)
    office.follow(now)
    office.rechoose(now)
    for ticket in Ticket.objects.filter(pk__in=[each.pk for each in tickets]):
        clocks = clocks_of(ticket, journal.entries_of("ticket", ticket.pk))
        stored = office.clocks(ticket)
        assert {(each.goal.value, each.number) for each in clocks} == set(stored)
        for each in clocks:
            row = stored[each.goal.value, each.number]
            expected = facts_of(each, told=row.told, at=now)
            assert {name: getattr(row, name) for name in expected} == expected
        assert ticket.due_at == next_due(clocks)
        assert {each.terms.key for each in clocks if not each.met_at} <= {
            (ticket.promise.policy_id, ticket.promise.calendar_id)
        }


def _anything(office, ticket, dice, *, step, by, at):
    cast = office.cast
    match dice.choice(
        ["answer", "ask", "ask", "wait", "hold", "end", "priority", "terms", "hours"]
    ):
        case "answer" if ticket.state != State.CLOSED:
            answer(ticket, said(cast, at), by=by, at=at)
        case "ask":
            speak(cast, ticket, f"Word {step}", at)
        case "wait" if not ticket.is_ended and ticket.state != State.WAITING_OTHER:
            wait(ticket, State.WAITING_OTHER, by=by, at=at)
        case "hold" if not ticket.is_ended and ticket.state != State.ON_HOLD:
            wait(ticket, State.ON_HOLD, by=by, at=at)
        case "end":
            (reopen if ticket.is_ended else solve)(ticket, by=by, at=at)
        case "priority" if ticket.state != State.CLOSED:
            choices = [each for each in Priority if each != ticket.priority]
            prioritise(ticket, priority=dice.choice(choices), by=by, at=at)
        case "terms":
            hours, shares = dice.sample(range(2, 20), 3), dice.choice([(), (25, 10)])
            office.arrange(office.policy, targets=targets(*hours, percents=shares), at=at)
        case "hours":
            spec = read(dice.choice([OFFICE, {"zone": "UTC", "hours": "24/7"}]))
            arrange_calendar(office.always, name="Always", spec=spec, by=SYSTEM, at=at)
