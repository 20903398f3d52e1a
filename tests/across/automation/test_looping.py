"""A loop between rules is stopped and named; whatever rules there are, it always ends."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.across.automation import looping
from ambidesk.across.automation.looping import circle, state_of
from ambidesk.across.automation.models import Run, RunState
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.catalogue.models import Tag
from ambidesk.support.tickets.describing import prioritise
from ambidesk.support.tickets.models import Priority, Ticket
from tests.across.automation.conftest import HIGH, HOUR, LOW, asked

pytestmark = pytest.mark.django_db


def is_(priority):
    return asked("priority", "is", priority)


def ping_pong(desk):
    """Two rules, each of which undoes what the other does."""
    up = desk.rule("Up", HIGH, on=("priority",), condition=is_(1))
    down = desk.rule("Down", LOW, on=("priority",), condition=is_(3))
    return up, down


def test_a_loop_is_stopped_and_named_by_its_rules_in_order(desk):
    up, down = ping_pong(desk)
    ticket = desk.cast.ticket()
    prioritise(ticket, priority=Priority.LOW, by=SYSTEM, at=desk.cast.at)
    desk.go(desk.cast.at)
    states = [run.state for run in Run.objects.order_by("pk")]
    assert states == [RunState.DONE, RunState.DONE, RunState.LOOP]
    problem = Problem.objects.get(kind=looping.PROBLEM)
    assert problem.facts["rules"] == [up.pk, down.pk, up.pk]
    assert problem.facts["ticket"] == ticket.pk


def test_the_same_change_by_a_person_begins_anew(desk):
    ping_pong(desk)
    ticket = desk.cast.ticket()
    for hour in (1, 2):
        at = desk.cast.at + hour * HOUR
        prioritise(ticket, priority=Priority.NORMAL, by=SYSTEM, at=at)
        prioritise(ticket, priority=Priority.LOW, by=SYSTEM, at=at)
        desk.go(at)
    assert Run.objects.filter(state=RunState.DONE).count() == 4
    assert Problem.objects.get(kind=looping.PROBLEM).times == 2


def test_a_rule_that_hears_itself_is_stopped(desk):
    again = {"action": "tickets.note", "parameters": {"text": "Again"}}
    rule = desk.rule("Echo", again, on=("note",))
    desk.rule("Begin", again)
    ticket = desk.cast.ticket()
    desk.go(desk.cast.at)
    assert ticket.notes.count() == 2
    assert Problem.objects.get(kind=looping.PROBLEM).facts["rules"] == [rule.pk, rule.pk]


def test_a_ticket_bears_so_many_runs_an_hour_and_no_more(desk, monkeypatch):
    monkeypatch.setattr(looping, "MOST", 3)
    desk.rule("Hear", {"action": "tickets.note", "parameters": {"text": "!"}}, on=("message",))
    ticket = desk.cast.ticket()
    for minute in range(5):
        at = desk.cast.at + timedelta(minutes=minute)
        desk.write(ticket, "Hello", at)
        desk.go(at)
    assert Run.objects.filter(state=RunState.DONE).count() == 3
    assert Run.objects.filter(state=RunState.MUCH).count() == 2


@given(
    chain=st.lists(st.integers(1, 20), min_size=1, max_size=15),
    borne=st.integers(0, 2 * looping.MOST),
)
def test_what_may_run_repeats_nothing_is_not_too_deep_nor_too_much(chain, borne):
    may = state_of(chain, borne=borne) is RunState.DUE
    is_new = chain[-1] not in chain[:-1]
    assert may == (is_new and len(chain) <= looping.DEEPEST and borne < looping.MOST)
    assert circle(chain)[-1] == chain[-1]
    if not is_new:
        assert circle(chain)[0] == chain[-1]


STEPS = ("high", "low", "urgent", "note", "tag", "untag", "hold", "solve", "reopen")
EVENTS = ("opened", "priority", "note", "tags", "state", "solved", "reopened")
RULES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(EVENTS), min_size=1, max_size=4, unique=True),
        st.sampled_from([None, is_(1), is_(3), asked("state", "is", "open")]),
        st.lists(st.sampled_from(STEPS), min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=6,
)


def step(name, tag):
    match name:
        case "high" | "low" | "urgent":
            return {
                "action": "tickets.prioritise",
                "parameters": {"priority": {"low": 1, "high": 3, "urgent": 4}[name]},
            }
        case "note":
            return {"action": "tickets.note", "parameters": {"text": "!"}}
        case "tag":
            return {"action": "tickets.tag", "parameters": {"add_ids": [tag]}}
        case "untag":
            return {"action": "tickets.tag", "parameters": {"remove_ids": [tag]}}
        case "hold":
            return {"action": "tickets.wait", "parameters": {"state": "on_hold"}}
    return {"action": f"tickets.{name}", "parameters": {}}


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rules=RULES)
def test_whatever_rules_there_are_it_always_ends(desk, rules):
    with transaction.atomic():
        tag = Tag.objects.create(name="vip").pk
        for number, (events, condition, steps) in enumerate(rules):
            many = [step(each, tag) for each in steps]
            desk.rule(f"Rule {number}", *many, on=tuple(events), condition=condition)
        desk.read = journal.newest_sequence()
        desk.cast.ticket()
        desk.go(desk.cast.at)
        runs = Run.objects.exclude(state__in=[RunState.LOOP, RunState.DEEP, RunState.MUCH])
        assert runs.count() <= looping.MOST
        assert all(len(set(run.chain)) == len(run.chain) for run in runs)
        assert not Run.objects.filter(state=RunState.DUE).exists()
        assert Ticket.objects.count() == 1
        desk.names.clear()
        transaction.set_rollback(True)
