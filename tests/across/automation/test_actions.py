"""What only rules do: a template sent by machine within bounds, colleagues and systems told."""

import json

import pytest

from ambidesk.across.automation import sending
from ambidesk.across.automation.acting import NotForRules
from ambidesk.across.automation.models import Run, RunState
from ambidesk.across.automation.writing import RuleText, write_rule
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.channels.mail.budgets import Budgets
from ambidesk.support.conversations.models import Direction, Message
from ambidesk.support.desk.phrasing import write_template
from ambidesk.support.notifications.models import Notice, NoticeKind
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.webhooks import arranging as hooking
from ambidesk.support.webhooks.models import WebhookCall

pytestmark = pytest.mark.django_db


def template(desk, text="We have got your request {{ticket.number}}."):
    return write_template(
        None,
        name=f"T{text[:20]}",
        text=text,
        language="",
        brand=None,
        team=None,
        by=SYSTEM,
        at=desk.cast.at,
    )


def sends(row):
    return {"action": "automation.send_template", "parameters": {"template_id": row.pk}}


def said():
    return Message.objects.filter(direction=Direction.OUTBOUND)


def refusals():
    return [run.refusal["en"] for run in Run.objects.filter(state=RunState.REFUSED)]


def test_a_template_goes_to_the_requester_and_is_marked_as_automatic(desk):
    desk.rule("Hello", sends(template(desk)))
    ticket = desk.cast.ticket(sender_verified=True)
    desk.go(desk.cast.at)
    message = said().get()
    assert message.text == f"We have got your request {ticket.number}."
    assert message.automatic
    ticket.refresh_from_db()
    assert ticket.state == "new"
    assert ticket.first_answered_at is None


def test_a_machine_is_not_answered_by_a_machine(desk):
    desk.rule("Hello", sends(template(desk)))
    desk.cast.ticket(sender_verified=True, automatic=True)
    desk.go(desk.cast.at)
    assert not said().exists()
    assert "machine" in refusals()[0]


def test_words_of_a_stranger_are_not_carried_to_an_address_that_nobody_proved(desk):
    desk.rule("Hello", sends(template(desk, "Dear {{requester.name}}, we are at it.")))
    desk.cast.ticket(sender_verified=False)
    desk.go(desk.cast.at)
    assert not said().exists()
    assert "not proved" in refusals()[0]


def test_a_loop_of_letters_ends_with_its_budget(desk, monkeypatch):
    monkeypatch.setattr(sending, "BUDGETS", Budgets(of_address=2, of_domain=9, of_all=9))
    desk.rule("Hello", sends(template(desk)), on=("opened", "message"))
    ticket = desk.cast.ticket(sender_verified=True)
    for _again in range(4):
        desk.write(ticket, "And?", desk.cast.at, sender_verified=True)
        desk.go(desk.cast.at)
    assert said().count() == 2
    assert len(refusals()) == 3


def test_whoever_is_in_charge_is_told_once_else_the_team(desk):
    desk.rule("Tell", {"action": "automation.notify", "parameters": {"whom": "owner"}})
    cast = desk.cast
    one, other = cast.ticket(), cast.ticket()
    assign(one, assignee=cast.olga, team=cast.shop_team, by=SYSTEM, at=cast.at)
    desk.go(cast.at)
    told = Notice.objects.filter(kind=NoticeKind.RULE)
    assert set(told.filter(subject_id=one.pk).values_list("user", flat=True)) == {cast.olga.user_id}
    assert set(told.filter(subject_id=other.pk).values_list("user", flat=True)) == {
        cast.olga.user_id,
        cast.ivan.user_id,
    }


def test_a_webhook_is_told_of_the_ticket_by_ids_only(desk):
    admin = desk.cast.actor(desk.cast.admin)
    wanted = hooking.Wanted(name="Shop", url="https://example.org/", kinds=["tickets.opened"])
    webhook = hooking.set_up_webhook(None, wanted, by=admin, at=desk.cast.at)
    rule = desk.rule(
        "Call", {"action": "automation.call_webhook", "parameters": {"webhook_id": webhook.pk}}
    )
    ticket = desk.cast.ticket()
    desk.go(desk.cast.at)
    call = WebhookCall.objects.get(kind="automation.webhook_called")
    assert json.loads(call.body)["data"] == {
        "ticket_id": ticket.pk,
        "webhook_id": webhook.pk,
        "subject": {"kind": "ticket", "id": ticket.pk},
        "actor": {"kind": "rule", "id": rule.pk},
    }


@pytest.mark.parametrize("action", ["desk.say", "tickets.take", "tickets.merge"])
def test_what_needs_a_person_is_nothing_for_rules(desk, action):
    text = RuleText(
        name="X",
        when={"events": ["opened"]},
        condition=None,
        then=[{"action": action, "parameters": PARAMETERS.get(action, {})}],
    )
    with pytest.raises(NotForRules):
        write_rule(None, text, by=desk.cast.actor(desk.cast.admin), at=desk.cast.at)


PARAMETERS = {"desk.say": {"text": "Hi"}, "tickets.merge": {"ticket_id": 1}}
