"""Rules act once for each cause, on the ticket as it was then, and say what came of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import OperationalError

from ambidesk.across.automation import running, sweeping
from ambidesk.across.automation.models import RuleVersion, Run, RunState
from ambidesk.across.automation.planning import plan
from ambidesk.across.automation.running import run_due
from ambidesk.across.automation.writing import RuleText, switch_rule, write_rule
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Origin
from ambidesk.ground.reach.actor import SYSTEM, Actor, ActorKind
from ambidesk.support.desk.steps.step import MayNotStep
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import close, solve, wait
from ambidesk.support.tickets.describing import prioritise
from ambidesk.support.tickets.models import Priority, State
from tests.across.automation.conftest import HIGH, HOUR, LOW, URGENT, asked

pytestmark = pytest.mark.django_db


def priority(ticket):
    ticket.refresh_from_db()
    return ticket.priority


def test_a_rule_acts_when_a_ticket_is_opened(desk):
    rule = desk.rule("First", URGENT)
    ticket = desk.cast.ticket()
    desk.go(desk.cast.at)
    assert priority(ticket) == Priority.URGENT
    run = Run.objects.get()
    assert (run.version.rule, run.state, run.trigger) == (rule, RunState.DONE, "opened")


def test_a_rule_acts_only_where_its_condition_holds(desk):
    desk.rule("Lifts", URGENT, condition=asked("brand", "is", desk.cast.lifts.pk))
    ticket = desk.cast.ticket()
    assert desk.go(desk.cast.at) == 0
    assert priority(ticket) == Priority.NORMAL


def test_what_is_read_twice_is_done_once(desk):
    desk.rule("Note", {"action": "tickets.note", "parameters": {"text": "Look here"}})
    ticket = desk.cast.ticket()
    entries = desk.entries()
    for _again in range(3):
        plan(entries, at=desk.cast.at)
        run_due(at=desk.cast.at)
    assert ticket.notes.count() == 1


def test_what_a_rule_did_is_not_done_again_by_its_next_version(desk):
    desk.rule("Note", {"action": "tickets.note", "parameters": {"text": "One"}})
    ticket = desk.cast.ticket()
    entries = desk.entries()
    plan(entries, at=desk.cast.at)
    desk.rule("Note", {"action": "tickets.note", "parameters": {"text": "Two"}})
    plan(entries, at=desk.cast.at)
    run_due(at=desk.cast.at)
    assert [note.text for note in ticket.notes.all()] == ["One"]


def test_history_that_is_loaded_calls_for_nothing(desk):
    desk.rule("Any", {"action": "tickets.note", "parameters": {"text": "!"}}, on=("priority",))
    ticket = desk.cast.ticket()
    history = Actor(kind=ActorKind.IMPORT, origin=Origin.IMPORT)
    prioritise(ticket, priority=Priority.LOW, by=history, at=desk.cast.at)
    assert desk.go(desk.cast.at) == 0


def test_a_rule_judges_the_ticket_as_it_was_then(desk):
    desk.rule("Low ones", URGENT, condition=asked("priority", "is", Priority.NORMAL.value))
    ticket = desk.cast.ticket()
    prioritise(ticket, priority=Priority.LOW, by=SYSTEM, at=desk.cast.at)
    desk.go(desk.cast.at)
    assert priority(ticket) == Priority.URGENT


def test_what_happened_before_a_rule_was_on_is_left(desk):
    ticket = desk.cast.ticket()
    desk.rule("First", URGENT, at=desk.cast.at + HOUR)
    assert desk.go(desk.cast.at + HOUR) == 0
    assert priority(ticket) == Priority.NORMAL


def test_a_rule_that_is_off_does_nothing(desk):
    rule = desk.rule("First", URGENT)
    ticket = desk.cast.ticket()
    plan(desk.entries(), at=desk.cast.at)
    switch_rule(rule, on=False, by=SYSTEM, at=desk.cast.at)
    run_due(at=desk.cast.at)
    assert priority(ticket) == Priority.NORMAL
    assert Run.objects.get().state == RunState.OFF


def test_a_refusal_is_kept_in_both_languages_and_nothing_is_done(desk):
    desk.rule("Late", {"action": "tickets.note", "parameters": {"text": "Late"}}, URGENT)
    ticket = desk.cast.ticket()
    plan(desk.entries(), at=desk.cast.at)
    close(ticket, by=SYSTEM, at=desk.cast.at)
    run_due(at=desk.cast.at)
    run = Run.objects.get()
    assert run.state == RunState.REFUSED
    assert set(run.refusal) == {"en", "ru"}
    assert "closed" in run.refusal["en"]
    assert ticket.notes.count() == 0


def test_the_last_in_the_order_has_the_last_word(desk):
    desk.rule("One", LOW)
    desk.rule("Two", URGENT)
    ticket = desk.cast.ticket()
    desk.go(desk.cast.at)
    assert priority(ticket) == Priority.URGENT


def test_what_a_rule_changes_calls_the_next_one(desk):
    one = desk.rule("One", URGENT)
    two = desk.rule(
        "Two",
        {"action": "tickets.note", "parameters": {"text": "Hurry"}},
        on=("priority",),
        condition=asked("priority", "is", 4),
    )
    ticket = desk.cast.ticket()
    desk.go(desk.cast.at)
    assert ticket.notes.get().text == "Hurry"
    assert Run.objects.get(version__rule=two).chain == [one.pk, two.pk]


def test_a_version_never_changes(desk):
    rule = desk.rule("First", URGENT)
    desk.rule("First", LOW)
    rule.refresh_from_db()
    assert rule.version == 2
    with pytest.raises(Exception, match="never changes"):
        RuleVersion.objects.filter(rule=rule, number=1).update(said={})


def test_a_rule_says_on_the_ticket_that_it_ran(desk):
    rule = desk.rule("First", URGENT)
    ticket = desk.cast.ticket()
    desk.go(desk.cast.at)
    told = journal.entries_of("ticket", ticket.pk)
    by_rule = [e for e in told if e.actor_kind == ActorKind.RULE]
    assert [e.kind for e in by_rule] == ["tickets.prioritised", "automation.rule_ran"]
    assert {e.actor_id for e in by_rule} == {rule.pk}


WAITING = {"state": "requester", "amount": 3, "unit": "days", "calendar": None}


def test_waiting_for_the_requester_for_three_days_calls_once(desk):
    desk.rule("Remind", {"action": "tickets.note", "parameters": {"text": "Ask"}}, when=WAITING)
    ticket = desk.cast.ticket()
    desk.answer(ticket, desk.cast.at + HOUR)
    due = desk.cast.at + HOUR + timedelta(days=3)
    assert desk.go(due - timedelta(minutes=1)) == 0
    assert desk.go(due) == 1
    assert desk.go(due + timedelta(days=9)) == 1
    assert ticket.notes.count() == 1


def test_a_new_stretch_is_waited_out_anew(desk):
    desk.rule("Remind", {"action": "tickets.note", "parameters": {"text": "Ask"}}, when=WAITING)
    ticket = desk.cast.ticket()
    desk.answer(ticket, desk.cast.at + HOUR)
    assert desk.go(desk.cast.at + timedelta(days=4)) == 1
    desk.write(ticket, "Still waiting", desk.cast.at + timedelta(days=5))
    desk.answer(ticket, desk.cast.at + timedelta(days=6))
    assert desk.go(desk.cast.at + timedelta(days=8)) == 1
    assert desk.go(desk.cast.at + timedelta(days=10)) == 2


def test_an_answer_over_the_api_begins_the_wait_anew_as_a_colleagues_does(desk):
    desk.rule("Remind", {"action": "tickets.note", "parameters": {"text": "Ask"}}, when=WAITING)
    ticket, cast = desk.cast.ticket(), desk.cast
    desk.answer(ticket, cast.at + HOUR)
    later = cast.at + timedelta(days=1)
    key = replace(cast.actor(cast.olga), kind=ActorKind.API_KEY, id=7, behalf=cast.olga.user_id)
    answer(ticket, Answer(text="And more.", to=(cast.anna,), due_at=later), by=key, at=later)
    assert desk.go(later + timedelta(days=3) - HOUR) == 0
    assert desk.go(later + timedelta(days=3)) == 1


def test_a_rule_by_time_closes_what_was_solved_five_days_ago(desk):
    solved = {"state": "solved", "amount": 5, "unit": "days", "calendar": None}
    desk.rule("Close", {"action": "tickets.close", "parameters": {}}, when=solved)
    ticket = desk.cast.ticket()
    solve(ticket, by=SYSTEM, at=desk.cast.at)
    desk.go(desk.cast.at + timedelta(days=6))
    ticket.refresh_from_db()
    assert ticket.state == State.CLOSED


def test_being_given_to_somebody_does_not_begin_the_wait_again(desk):
    two = {"state": "us", "amount": 2, "unit": "hours", "calendar": None}
    desk.rule("Hurry", URGENT, when=two)
    ticket = desk.cast.ticket()
    assign(
        ticket, assignee=desk.cast.olga, team=desk.cast.shop_team, by=SYSTEM, at=desk.cast.at + HOUR
    )
    assert desk.go(desk.cast.at + 2 * HOUR) == 1
    assert priority(ticket) == Priority.URGENT


def test_a_rule_may_not_do_what_its_maker_may_not(desk):
    operator = desk.cast.actor(desk.cast.olga)
    reader = Actor(kind=ActorKind.USER, id=operator.id, rights=frozenset())
    text = RuleText(name="X", when={"events": ["opened"]}, condition=None, then=[HIGH])
    with pytest.raises(MayNotStep):
        write_rule(None, text, by=reader, at=desk.cast.at)


def test_on_hold_by_hand_is_a_stretch_of_its_own(desk):
    hold = {"state": "hold", "amount": 90, "unit": "minutes", "calendar": None}
    desk.rule("Wake", URGENT, when=hold)
    ticket = desk.cast.ticket()
    wait(ticket, State.ON_HOLD, by=SYSTEM, at=desk.cast.at)
    assert desk.go(desk.cast.at + HOUR) == 0
    assert desk.go(desk.cast.at + 2 * HOUR) == 1


def test_a_rule_that_breaks_stands_in_nobodys_way(desk, monkeypatch):
    desk.rule("Broken", {"action": "tickets.close", "parameters": {}})
    desk.rule("Sound", URGENT)
    ticket = desk.cast.ticket()
    plan(desk.entries(), at=desk.cast.at)
    first = Run.objects.order_by("pk")[0]
    real = running.apply_steps

    def breaking(steps, *given, **named):
        if steps[0].action == "tickets.close":
            raise ZeroDivisionError
        return real(steps, *given, **named)

    monkeypatch.setattr(running, "apply_steps", breaking)
    while run_due(at=desk.cast.at):
        pass
    first.refresh_from_db()
    assert first.state == RunState.REFUSED
    assert "broke" in first.refusal["en"]
    assert priority(ticket) == Priority.URGENT


def test_a_run_that_always_waits_too_long_holds_up_no_other(desk, monkeypatch):
    desk.rule("Stuck", {"action": "tickets.close", "parameters": {}})
    desk.rule("Sound", LOW)
    stuck, other = desk.cast.ticket(), desk.cast.ticket()
    plan(desk.entries(), at=desk.cast.at)
    Run.objects.filter(ticket=other, version__rule__name="Stuck").update(
        state=RunState.OFF, ended_at=desk.cast.at
    )
    real = running.apply_steps

    def waiting(steps, *given, **named):
        if steps[0].action == "tickets.close":
            raise OperationalError
        return real(steps, *given, **named)

    monkeypatch.setattr(running, "apply_steps", waiting)
    with pytest.raises(OperationalError):
        run_due(at=desk.cast.at)
    assert priority(other) == Priority.LOW
    assert Run.objects.filter(ticket=stuck, state=RunState.DUE).count() == 2


def test_a_rule_by_time_that_breaks_lets_the_later_ones_look(desk, monkeypatch):
    hold = {"state": "hold", "amount": 90, "unit": "minutes", "calendar": None}
    broken = desk.rule("Broken", LOW, when=hold)
    desk.rule("Sound", URGENT, when=hold)
    ticket = desk.cast.ticket()
    wait(ticket, State.ON_HOLD, by=SYSTEM, at=desk.cast.at)
    real = sweeping._calls

    def breaking(rule, *given):
        if rule.rule_id == broken.pk:
            raise ZeroDivisionError
        return real(rule, *given)

    monkeypatch.setattr(sweeping, "_calls", breaking)
    assert desk.go(desk.cast.at + 2 * HOUR) == 1
    assert priority(ticket) == Priority.URGENT
