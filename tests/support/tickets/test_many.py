"""Verbs over many tickets: each does or refuses for itself, and the number of questions stays."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambidesk.ground.kernel import actions
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.conversations.models import Delivery, Message
from ambidesk.support.desk.models import Template
from ambidesk.support.tickets.answering import Answer, NobodyToAnswer, answer_many
from ambidesk.support.tickets.assigning import CannotSeeIt, Charge, assign_many
from ambidesk.support.tickets.closing import AlreadySo, close, wait_many
from ambidesk.support.tickets.models import ReplyToken, State, Ticket
from ambidesk.support.tickets.recording import AlreadyClosed
from ambidesk.support.tickets.snoozing import snooze
from tests.cast import Cast


def _tickets(cast: Cast, number: int) -> dict[int, Ticket]:
    made = [cast.ticket(f"Question {place}").pk for place in range(number)]
    return {each.pk: each for each in Ticket.objects.filter(pk__in=made).order_by("pk")}


def test_what_cannot_be_done_with_some_is_done_with_the_others(cast: Cast) -> None:
    first, second, third = _tickets(cast, 3).values()
    close(second, by=SYSTEM, at=cast.at)
    foreign = cast.ticket(channel=cast.lift_mail)
    charges = [(each, Charge(assignee=cast.olga)) for each in (third, second, first, foreign)]
    outcome = assign_many(charges, by=cast.actor(cast.ivan), at=cast.at)
    assert [each.pk for each in outcome.done] == [first.pk, third.pk]
    assert {key: type(why) for key, why in outcome.refused.items()} == {
        second.pk: AlreadyClosed,
        foreign.pk: CannotSeeIt,
    }
    assert set(Ticket.objects.filter(assignee=cast.olga)) == {first, third}
    assert entries_of("ticket", third.pk)[-1].data["assignee_id"] == cast.olga.pk
    assert entries_of("ticket", foreign.pk)[-1].kind == "tickets.opened"


def test_states_are_set_where_they_differ(cast: Cast) -> None:
    first, second = _tickets(cast, 2).values()
    wait_many([first], State.ON_HOLD, by=SYSTEM, at=cast.at)
    outcome = wait_many([first, second], State.ON_HOLD, by=SYSTEM, at=cast.at)
    assert isinstance(outcome.refused[first.pk], AlreadySo)
    assert [each.state for each in outcome.done] == ["on_hold"]


def test_one_answer_to_many_goes_to_each_in_their_own_talk(cast: Cast) -> None:
    anna = cast.ticket("Mine is late", thread_key="anna")
    boris = cast.ticket("So is mine", thread_key="boris", sender=cast.boris)
    said = [
        (anna, Answer(text="Sorry, Anna.", to=(cast.anna,), due_at=cast.at)),
        (boris, Answer(text="Sorry, Boris.", to=(cast.boris,), due_at=cast.at)),
        (cast.ticket(), Answer(text="Nobody hears it.", to=(), due_at=cast.at)),
    ]
    messages, refused = answer_many(said, by=cast.actor(cast.olga), at=cast.at)
    assert messages[anna.pk].thread.key == "anna"
    assert messages[boris.pk].thread.key == "boris"
    assert messages[boris.pk].in_reply_to == Message.objects.get(text="So is mine").external_id
    assert isinstance(refused[said[2][0].pk], NobodyToAnswer)
    delivery = Delivery.objects.get(message=messages[boris.pk])
    token = ReplyToken.objects.get(ticket=boris, identity=cast.boris)
    assert (delivery.recipient, delivery.reply_token) == (cast.boris, token.token)
    boris.refresh_from_db()
    assert (boris.state, boris.preview) == ("waiting_requester", "Sorry, Boris.")


def test_a_second_answer_uses_the_token_of_the_first(cast: Cast) -> None:
    ticket = cast.ticket()
    for words in ("Soon.", "Sooner."):
        said = Answer(text=words, to=(cast.anna,), cc=(cast.boris, cast.anna), due_at=cast.at)
        answer_many([(ticket, said)], by=cast.actor(cast.olga), at=cast.at)
    assert ReplyToken.objects.filter(ticket=ticket).count() == 2
    assert Delivery.objects.values_list("reply_token", flat=True).distinct().count() == 2
    assert set(Delivery.objects.values_list("role", "recipient")) == {
        ("to", cast.anna.pk),
        ("cc", cast.boris.pk),
    }


Given = Callable[[Cast], dict[str, object]]
SETS: dict[str, Given] = {
    "tickets.give": lambda cast: {"assignee_id": cast.olga.pk},
    "tickets.take": lambda _cast: {},
    "tickets.hand_over": lambda cast: {"team_id": cast.shop_team.pk},
    "tickets.note": lambda _cast: {"text": "Call back."},
    "tickets.tag": lambda _cast: {"add_ids": [Tag.objects.create(name="vip").pk]},
    "tickets.prioritise": lambda _cast: {"priority": 4},
    "tickets.categorise": lambda _cast: {"category_id": Category.objects.create(name="P").pk},
    "tickets.convert": lambda _cast: {"request_type_id": RequestType.objects.create(name="F").pk},
    "tickets.snooze_for": lambda _cast: {"hours": 3},
    "tickets.solve": lambda _cast: {},
    "tickets.close": lambda _cast: {},
    "desk.say": lambda _cast: {"text": "Dear {{requester.name}}"},
    "desk.answer_with": lambda _cast: {
        "template_id": Template.objects.create(name="Soon", text="Soon, {{requester.name}}.").pk
    },
}


@pytest.mark.parametrize("name", sorted(SETS))
def test_an_action_asks_as_few_questions_for_twenty_tickets_as_for_two(
    cast: Cast, name: str
) -> None:
    given = SETS[name](cast)
    asked = []
    for number in (2, 20):
        made = list(_tickets(cast, number))
        rows = Ticket.objects.select_related("requester_identity").in_bulk(made)
        with CaptureQueriesContext(connection) as queries:
            refused = actions.perform_many(
                name, given, subjects=rows, by=cast.actor(cast.olga), at=cast.at
            )
        assert refused == {}
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_what_has_no_set_form_is_done_one_by_one_and_refused_one_by_one(cast: Cast) -> None:
    first, second = _tickets(cast, 2)
    rows = Ticket.objects.in_bulk([first, second])
    refused = actions.perform_many(
        "tickets.link", {"ticket_id": first}, subjects=rows, by=SYSTEM, at=cast.at
    )
    assert list(refused) == [first]


def test_many_sleep_and_wake(cast: Cast) -> None:
    first, second = _tickets(cast, 2).values()
    snooze(first, until=cast.at + timedelta(hours=1), by=SYSTEM, at=cast.at)
    rows = Ticket.objects.in_bulk([first.pk, second.pk])
    assert actions.perform_many("tickets.wake", {}, subjects=rows, by=SYSTEM, at=cast.at) == {}
    assert not Ticket.objects.exclude(snoozed_until=None).exists()
