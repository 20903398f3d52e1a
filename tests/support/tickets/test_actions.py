"""Verbs by name: each does what its verb does, and refuses what does not fit."""

from datetime import timedelta

import pytest

from ambidesk.ground.fields.defining import Wanted, define
from ambidesk.ground.fields.rules.spec import Kind, Texts
from ambidesk.ground.kernel import actions
from ambidesk.ground.kernel.actions import WrongParameters
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.parties.staff.models import Team
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.conversations.models import Message
from ambidesk.support.desk.models import Template
from ambidesk.support.tickets.actions.performing import NoSuchRow
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.escalating import Why, escalate
from ambidesk.support.tickets.models import Link, Note, Ticket
from tests.cast import Cast

RULE = Actor(kind=ActorKind.RULE, id=1)
EVERY = [each.name for each in actions.all_actions() if each.name.startswith(("tickets.", "desk."))]


def _given(cast: Cast, ticket: Ticket) -> dict[str, dict[str, object]]:
    other = cast.ticket()
    template = Template.objects.create(name="Soon", text="Soon, {{requester.name}}.")
    return {
        "tickets.assign": {"assignee_id": cast.olga.pk, "team_id": cast.shop_team.pk},
        "tickets.give": {"assignee_id": cast.olga.pk},
        "tickets.take": {},
        "tickets.hand_over": {"team_id": cast.shop_team.pk},
        "tickets.snooze_for": {"hours": 3},
        "desk.say": {"text": "Dear {{requester.name}}, soon."},
        "tickets.answer": {"text": "On its way."},
        "tickets.note": {"text": "Call back."},
        "tickets.rename": {"subject": "Lost parcel"},
        "tickets.tag": {"add_ids": [Tag.objects.create(name="vip").pk]},
        "tickets.prioritise": {"priority": 4},
        "tickets.categorise": {"category_id": Category.objects.create(name="Post").pk},
        "tickets.convert": {"request_type_id": RequestType.objects.create(name="Fault").pk},
        "tickets.fill": {"field_id": _floor(cast), "given": ["3"]},
        "tickets.wait": {"state": "on_hold"},
        "tickets.snooze": {"until": (cast.at + timedelta(days=1)).isoformat()},
        "tickets.wake": {},
        "tickets.solve": {},
        "tickets.close": {},
        "tickets.reopen": {},
        "tickets.escalate": {"team_id": _further(cast).pk, "reason": "Broken"},
        "tickets.hand_back": {"reason": "Not broken"},
        "tickets.merge": {"ticket_id": other.pk},
        "tickets.link": {"ticket_id": other.pk, "kind": "parent"},
        "desk.answer_with": {"template_id": template.pk},
    }


def _floor(cast: Cast) -> int:
    wanted = Wanted(kind=Kind.WHOLE, label=Texts(en="Floor"))
    return define(None, wanted=wanted, by=RULE, at=cast.at).pk


def _further(cast: Cast) -> Team:
    second = Team.objects.create(name="Repair", line=2)
    second.brands.add(cast.shop)
    return second


def _done(cast: Cast, name: str, given: dict[str, object], ticket: Ticket) -> Ticket:
    # A rule is nobody who could take a ticket oneself.
    by = cast.actor(cast.olga) if name == "tickets.take" else RULE
    actions.perform(name, given, subject=ticket, by=by, at=cast.at)
    ticket.refresh_from_db()
    return ticket


@pytest.mark.parametrize("name", EVERY)
def test_each_action_runs_by_its_name_and_refuses_what_it_does_not_know(
    cast: Cast, name: str
) -> None:
    ticket = cast.ticket()
    given = _given(cast, ticket)[name]
    with pytest.raises(WrongParameters):
        actions.perform(name, {**given, "owner": 1}, subject=ticket, by=RULE, at=cast.at)
    for key in given:
        with pytest.raises(WrongParameters):
            actions.perform(name, {**given, key: {}}, subject=ticket, by=RULE, at=cast.at)
    if name == "tickets.reopen":
        close(ticket, by=RULE, at=cast.at)
    if name == "tickets.hand_back":
        why = Why(reason="Broken")
        escalate(ticket, Team.objects.get(line=2), why=why, by=RULE, at=cast.at)
    _done(cast, name, given, ticket)


def test_what_was_asked_for_has_happened(cast: Cast) -> None:
    ticket = cast.ticket()
    given = _given(cast, ticket)
    for name in ("assign", "tag", "prioritise", "categorise", "convert", "rename", "note", "link"):
        _done(cast, f"tickets.{name}", given[f"tickets.{name}"], ticket)
    assert ticket.assignee == cast.olga
    assert ticket.priority == 4
    assert str(ticket.category) == "Post"
    assert str(ticket.request_type) == "Fault"
    assert ticket.subject == "Lost parcel"
    assert ticket.taggings.get().tag.name == "vip"
    assert Note.objects.get(ticket=ticket).text == "Call back."
    assert Link.objects.get(source=ticket).kind == "parent"
    _done(cast, "desk.answer_with", given["desk.answer_with"], ticket)
    said = Message.objects.order_by("pk").last()
    assert said is not None
    assert said.text == "Soon, Anna Petrova."
    assert said.automatic
    assert _done(cast, "tickets.solve", {}, ticket).state == "solved"


def test_what_does_not_exist_or_is_out_of_sight_is_refused_alike(cast: Cast) -> None:
    ticket = cast.ticket()
    foreign = cast.ticket(channel=cast.lift_mail)
    olga = cast.actor(cast.olga)
    for name, given in (
        ("tickets.assign", {"assignee_id": 10**9}),
        ("tickets.tag", {"add_ids": [2**70]}),
        ("tickets.merge", {"ticket_id": 10**9}),
        ("tickets.merge", {"ticket_id": foreign.pk}),
        ("tickets.link", {"ticket_id": foreign.pk}),
    ):
        with pytest.raises(NoSuchRow):
            actions.perform(name, given, subject=ticket, by=olga, at=cast.at)


def test_every_action_names_a_right_and_a_label(cast: Cast) -> None:
    assert len(EVERY) == 25
    for each in actions.all_actions():
        assert str(each.label)
        assert "." in each.right
