"""Rules in the settings: written, switched, put in order, tried on the past, and what they did."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from ambidesk.across.automation.models import Rule, Run, RunState, Trial
from ambidesk.across.automation.planning import plan
from ambidesk.across.automation.running import run_due
from ambidesk.across.automation.trials.working import work_trials
from ambidesk.ground.kernel import journal, problems
from ambidesk.ground.kernel.models import Problem
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast

RULES = "/settings/rules/"
URGENT = [{"action": "tickets.prioritise", "parameters": {"priority": 4}}]
FORM: dict[str, object] = {
    "name": "First of all",
    "kind": "event",
    "events": ["opened"],
    "amount": "3",
    "unit": "days",
    "turn": "us",
    "condition": json.dumps({"all": [{"field": "priority", "operator": "is", "value": 2}]}),
    "then": json.dumps(URGENT),
}


def made(admin: Client, **other: object) -> Rule:
    """A rule written by the form."""
    answer = admin.post(f"{RULES}new", {**FORM, **other})
    assert answer.status_code == 303, answer.content.decode()
    return Rule.objects.get(name=str({**FORM, **other}["name"]))


def opened(cast: Cast) -> Ticket:
    """A ticket of now, and what the subscriber makes of it."""
    ticket = replace(cast, at=datetime.now(UTC)).ticket()
    plan(journal.entries_of("ticket", ticket.pk), at=datetime.now(UTC))
    run_due(at=datetime.now(UTC))
    return ticket


def test_a_rule_is_written_in_words_and_off_until_it_is_switched_on(
    admin: Client, cast: Cast
) -> None:
    rule = made(admin)
    assert not rule.is_on
    page = admin.get(RULES).content.decode()
    assert "A ticket is opened" in page
    assert "Set the priority: Urgent" in page
    admin.post(f"{RULES}{rule.pk}/switch", {"on": "1"})
    ticket = opened(cast)
    ticket.refresh_from_db()
    assert ticket.priority == 4
    runs = admin.get(f"{RULES}{rule.pk}/runs").content.decode()
    assert f"#{ticket.pk}" in runs
    assert "switched it on" in runs


def test_a_change_is_a_new_version_and_the_form_shows_what_is_written(admin: Client) -> None:
    rule = made(admin)
    page = admin.get(f"{RULES}{rule.pk}").content.decode()
    assert 'value="opened"' in page
    again = {**FORM, "kind": "time", "turn": "solved", "amount": "5"}
    admin.post(f"{RULES}{rule.pk}", again)
    rule.refresh_from_db()
    assert rule.version == 2
    assert "it has been solved for 5 days" in admin.get(f"{RULES}{rule.pk}").content.decode()


@pytest.mark.parametrize(
    "wrong,words",
    [
        ({"events": []}, "choose at least one event"),
        ({"then": "[]"}, "Add at least one step"),
        ({"then": json.dumps([{"action": "tickets.take"}])}, "A rule cannot do this"),
        ({"kind": "time", "amount": ""}, "at least one minute"),
        ({"condition": '{"field": "nothing"}'}, "not a condition"),
        ({"condition": "{"}, "did not arrive whole"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_what_was_typed(
    admin: Client, wrong: dict[str, object], words: str
) -> None:
    answer = admin.post(f"{RULES}new", {**FORM, **wrong})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "First of all" in answer.content.decode()


def test_rules_are_put_in_order(admin: Client) -> None:
    one, two = made(admin, name="One"), made(admin, name="Two")
    assert admin.post(f"{RULES}order", {"rule": [two.pk, one.pk]}).status_code == 204
    assert [rule.name for rule in Rule.objects.order_by("place")] == ["Two", "One"]
    assert admin.post(f"{RULES}order", {"rule": [two.pk]}).status_code == 422


def test_a_rule_is_tried_on_the_past_before_it_is_saved(admin: Client, cast: Cast) -> None:
    lately = replace(cast, at=datetime.now(UTC) - timedelta(hours=1))
    ticket = lately.ticket()
    answer = admin.post(f"{RULES}trials", {**FORM, "name": "", "period": "7"})
    assert "looked at" in answer.content.decode()
    trial = Trial.objects.get()
    work_trials(at=datetime.now(UTC))
    shown = admin.get(f"{RULES}trials/{trial.pk}").content.decode()
    assert f"#{ticket.pk}" in shown
    assert "Priority is Normal" in shown
    assert Run.objects.count() == 0
    ticket.refresh_from_db()
    assert ticket.priority == 2


def test_a_try_belongs_to_whoever_began_it(admin: Client, cast: Cast) -> None:
    admin.post(f"{RULES}trials", {**FORM, "period": "7"})
    trial = Trial.objects.get()
    Trial.objects.filter(pk=trial.pk).update(user=cast.olga.user)
    assert admin.get(f"{RULES}trials/{trial.pk}").status_code == 404


def test_a_loop_stands_under_problems_with_the_way_to_end_it(admin: Client, cast: Cast) -> None:
    up, down = made(admin, name="Up"), made(admin, name="Down")
    for rule in (up, down):
        admin.post(f"{RULES}{rule.pk}/switch", {"on": "1"})
    facts = {"rules": [up.pk, down.pk, up.pk], "ticket": 7, "why": RunState.LOOP.value}
    problems.report("rules-loop", ("rule", up.pk), at=cast.at, facts=facts)
    page = admin.get("/settings/problems/").content.decode()
    assert "“Up” → “Down” → “Up”" in page
    admin.post(f"/settings/problems/{Problem.objects.get().pk}/again")
    up.refresh_from_db()
    down.refresh_from_db()
    assert (up.is_on, down.is_on) == (False, True)
    assert not Problem.objects.filter(solved_at=None).exists()


def test_an_archived_rule_is_off_and_can_be_used_again(admin: Client) -> None:
    rule = made(admin)
    admin.post(f"{RULES}{rule.pk}/switch", {"on": "1"})
    admin.post(f"{RULES}{rule.pk}/archive")
    rule.refresh_from_db()
    assert rule.archived_at
    assert not rule.is_on
    admin.post(f"{RULES}{rule.pk}/archive")
    rule.refresh_from_db()
    assert rule.archived_at is None


def test_the_ticket_says_which_rule_changed_it(admin: Client, cast: Cast) -> None:
    rule = made(admin)
    admin.post(f"{RULES}{rule.pk}/switch", {"on": "1"})
    ticket = opened(cast)
    page = admin.get(f"/tickets/{ticket.pk}").content.decode()
    assert "Rule “First of all”" in page
    assert "set the priority to “Urgent”" in page
