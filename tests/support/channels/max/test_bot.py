"""A bot in MAX: heard, answered, each word once, whatever the messenger does."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from ambidesk.ground.files import storing
from ambidesk.ground.files.storing import store
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.models import Identity
from ambidesk.relation.feedback.models import Rating
from ambidesk.relation.feedback.offering import offer_due
from ambidesk.relation.feedback.planning import KINDS, plan
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.support.channels.access import access_of, connector_for, settings_of
from ambidesk.support.channels.connecting import NotReached, Wanted, connect_messenger
from ambidesk.support.channels.contract.inbound import HookCall, Unsigned
from ambidesk.support.channels.contract.manifest import WayIn
from ambidesk.support.channels.hooking import take_call
from ambidesk.support.channels.intake.lane import run_once
from ambidesk.support.channels.kit.server import Fault
from ambidesk.support.channels.max.simulator import MaxSimulator, Person
from ambidesk.support.channels.max.simulator.bot import TOKEN
from ambidesk.support.channels.polling.positions import advance, attend
from ambidesk.support.channels.sending.posting import post_office
from ambidesk.support.channels.taking import take
from ambidesk.support.conversations.models import (
    Attachment,
    Channel,
    Delivery,
    DeliveryState,
    Edit,
    Message,
    Trouble,
)
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.outbound import Choice
from tests.cast import Cast
from tests.support.channels.telegram.desk import now


@pytest.fixture
def messenger(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[MaxSimulator]:
    monkeypatch.setattr(settings, "EGRESS_HOSTS", frozenset({"127.0.0.1"}))
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)
    with MaxSimulator() as simulator:
        yield simulator


def connected(cast: Cast, messenger: MaxSimulator, token: str = TOKEN) -> Channel:
    wanted = Wanted(
        kind="max",
        brand=cast.shop,
        team=cast.shop_team,
        name="",
        way_in=WayIn.POLLING,
        values={"token": token, "server": messenger.url},
    )
    return connect_messenger(None, wanted, by=SYSTEM, at=now())


@pytest.fixture
def channel(cast: Cast, messenger: MaxSimulator) -> Channel:
    return connected(cast, messenger)


@pytest.fixture
def vera(messenger: MaxSimulator) -> Person:
    return messenger.person(42, "Vera")


def hear(channel: Channel) -> None:
    position = attend(channel, attendant="test", at=now())
    assert position
    poll = connector_for(channel).poll(access_of(channel), position.marker or "0")
    take(channel, poll.items, way="polling", at=now())
    advance(position, marker=poll.marker)
    while run_once():
        pass


def say(cast: Cast, text: str, **more: object) -> Message:
    ticket = Ticket.objects.order_by("-pk")[0]
    whom = Identity.objects.get(person=ticket.requester, kind="messenger")
    said: dict[str, object] = {"text": text, "to": (whom,), "due_at": now()}
    return answer(ticket, Answer(**{**said, **more}), by=cast.actor(cast.olga), at=now())  # type: ignore[arg-type]


def deliver(channel: Channel, looks: int = 1) -> None:
    for _look in range(looks):
        post_office(channel, lambda: False).run()
        Delivery.objects.filter(state=DeliveryState.WAITING).update(due_at=now())


def test_a_bot_is_set_up_by_its_token_and_called_as_it_calls_itself(channel: Channel) -> None:
    assert (channel.name, channel.address, channel.health) == ("Polka", "@polka_bot", "unknown")
    assert set(channel.reports.values_list("way", "health")) == {
        ("in", "working"),
        ("out", "working"),
    }
    assert TOKEN not in str(channel.settings)
    assert TOKEN not in channel.secret


def test_a_wrong_token_is_said_before_anything_is_stored(
    cast: Cast, messenger: MaxSimulator
) -> None:
    with pytest.raises(NotReached, match="token"):
        connected(cast, messenger, token="some-other-token")
    assert not Channel.objects.filter(kind="max").exists()


def test_words_files_edits_and_answers(
    cast: Cast, channel: Channel, messenger: MaxSimulator, vera: Person
) -> None:
    first = messenger.say(vera, "Where is my parcel?")
    messenger.send_file(vera, b"%PDF-1.4 a bill", name="bill.pdf")
    messenger.edit(first, "Where is parcel 1208?")
    hear(channel)
    ticket = Ticket.objects.get()
    assert (ticket.subject, ticket.brand, ticket.filings.count()) == (
        "Where is my parcel?",
        cast.shop,
        2,
    )
    assert storing.read(Attachment.objects.get().blob) == b"%PDF-1.4 a bill"
    assert Edit.objects.get().text == "Where is parcel 1208?"
    say(cast, "It comes today.", choices=(Choice(label="Thanks", value="thanks"),))
    deliver(channel)
    assert messenger.texts(vera.id) == ["It comes today."]
    assert messenger.ledger[0].buttons == (
        {"type": "callback", "text": "Thanks", "payload": "thanks"},
    )


def test_files_are_brought_in_two_steps_and_tried_again_until_they_are_ready(
    cast: Cast, channel: Channel, messenger: MaxSimulator, vera: Person
) -> None:
    messenger.say(vera, "Hello")
    hear(channel)
    messenger.not_ready = 1
    paper = store(b"%PDF-1.4 two", at=now())
    say(cast, "The bill", files=((paper, "bill.pdf"),))
    deliver(channel, looks=2)
    (arrived,) = messenger.ledger
    assert (arrived.text, arrived.file) == ("The bill", ("bill.pdf", b"%PDF-1.4 two"))


def test_a_message_of_unknown_outcome_is_asked_after_and_comes_once(
    cast: Cast, channel: Channel, messenger: MaxSimulator, vera: Person
) -> None:
    messenger.say(vera, "Hello")
    hear(channel)
    messenger.fail(Fault.DROPS_AFTER)
    message = say(cast, "It comes today.")
    deliver(channel, looks=2)
    assert messenger.texts(vera.id) == ["It comes today."]
    assert message.deliveries.get().state == DeliveryState.SENT


@pytest.mark.parametrize("fault", [Fault.TOO_MANY, Fault.BROKEN, Fault.DROPS_BEFORE])
def test_what_the_messenger_puts_off_arrives_once_later(
    cast: Cast, channel: Channel, messenger: MaxSimulator, vera: Person, fault: Fault
) -> None:
    messenger.say(vera, "Hello")
    hear(channel)
    messenger.fail(fault)
    say(cast, "It comes today.")
    deliver(channel, looks=2)
    assert messenger.texts(vera.id) == ["It comes today."]


def test_the_pace_of_a_talk_is_kept_without_a_refusal(
    cast: Cast, channel: Channel, messenger: MaxSimulator, vera: Person
) -> None:
    messenger.say(vera, "Hello")
    hear(channel)
    for number in range(4):
        say(cast, f"Part {number}")
    post_office(channel, lambda: False).run()
    assert messenger.texts(vera.id) == [f"Part {number}" for number in range(4)]


def test_who_stopped_the_bot_is_told_to_the_operator(
    cast: Cast, channel: Channel, messenger: MaxSimulator, vera: Person
) -> None:
    messenger.say(vera, "Hello")
    hear(channel)
    messenger.stop(vera)
    message = say(cast, "It comes today.")
    deliver(channel)
    assert message.deliveries.get().trouble == Trouble.BLOCKED


def test_a_call_with_the_secret_is_taken_once_and_one_without_is_not(
    cast: Cast, channel: Channel, messenger: MaxSimulator, vera: Person
) -> None:
    channel.settings["way_in"] = "webhook"
    channel.save()
    current = settings_of(channel)
    messenger.say(vera, "Hello")
    body = json.dumps(messenger.updates[-1]).encode()
    signed = HookCall(headers={"x-max-bot-api-secret": current.hook_secret}, body=body)
    for _time in range(2):
        take_call("max", current.hook, call=signed, at=now())
    for wrong in ({}, {"x-max-bot-api-secret": "guess"}):
        with pytest.raises(Unsigned):
            take_call("max", current.hook, call=HookCall(headers=wrong, body=body), at=now())
    run_once()
    assert [message.text for message in Message.objects.all()] == ["Hello"]


def test_a_mark_is_one_press_in_max_too_and_the_question_becomes_thanks(
    cast: Cast, channel: Channel, messenger: MaxSimulator, vera: Person
) -> None:
    set_up_survey(None, Asking(name="CSAT"), by=SYSTEM, at=now())
    messenger.say(vera, "Where is my parcel?")
    hear(channel)
    ticket = Ticket.objects.get()
    solve(ticket, by=cast.actor(cast.olga), at=now())
    plan([each for each in entries_of("ticket", ticket.pk) if each.kind in KINDS], at=now())
    offer_due(at=now() + timedelta(hours=2))
    Delivery.objects.update(due_at=now())
    deliver(channel)
    (question,) = messenger.ledger
    messenger.press(vera, question.buttons[4]["payload"], under=question)
    hear(channel)
    assert Rating.objects.get().score == 5
    assert "😍" in messenger.edits[0].text
    chat = {"chat_id": vera.chat, "chat_type": "dialog"}
    link = {"type": "reply", "message": {"mid": question.name}}
    reply = messenger.say(vera, "Quick!")
    assert reply["recipient"] == chat | {"user_id": vera.id}
    reply["link"] = link
    hear(channel)
    assert Rating.objects.get().comment == "Quick!"
