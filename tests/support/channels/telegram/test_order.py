"""Messengers call twice, askew and in parts: on the ticket each word stands once, in its order."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from ambidesk.edge.web.workspace.ticket.thread import NOTES, read_thread
from ambidesk.ground.files import storing
from ambidesk.support.channels.access import settings_of
from ambidesk.support.channels.intake import albums, lane
from ambidesk.support.channels.kit.calling import Mood
from ambidesk.support.channels.kit.server import Asked, Reply, Simulator
from ambidesk.support.channels.telegram.simulator import Person
from ambidesk.support.conversations.models import Attachment, IntakeItem, Message
from ambidesk.support.tickets.models import Ticket
from tests.support.channels.telegram.desk import Desk, now
from tests.waiting import wait_for


def called(desk: Desk) -> None:
    """From now on the messenger calls."""
    desk.channel.settings["way_in"] = "webhook"
    desk.channel.save()


def call(desk: Desk, update: object) -> int:
    """One call as the messenger makes it; what the desk answers."""
    current = settings_of(desk.channel)
    answer = Client().post(
        f"/hooks/telegram/{current.hook}",
        json.dumps(update),
        content_type="application/json",
        headers={"x-telegram-bot-api-secret-token": current.hook_secret},
    )
    return answer.status_code


def shown(desk: Desk) -> list[str]:
    """The words as an operator reads them on the newest ticket."""
    ticket = Ticket.objects.annotate(remarks=NOTES).get(pk=desk.ticket().pk)
    rows = read_thread(ticket, at=now()).rows
    return [row.message.text for row in rows if row.message]


def test_what_is_called_twice_and_askew_stands_once_and_in_order(desk: Desk, vera: Person) -> None:
    called(desk)
    words = [f"Word {number}" for number in range(5)]
    for word in words:
        desk.telegram.say(vera, word)
    for update in reversed(desk.telegram.updates.every):
        assert [call(desk, update) for _time in range(2)] == [200, 200]
    desk.take_in()
    assert shown(desk) == words
    assert desk.ticket().subject == "Word 0"


def test_what_comes_late_stands_among_the_words_of_its_time(desk: Desk, vera: Person) -> None:
    called(desk)
    for word in ("One", "Two", "Three"):
        desk.telegram.say(vera, word)
    one, two, three = desk.telegram.updates.every
    for update in (one, three, two):
        call(desk, update)
        desk.take_in()
    assert shown(desk) == ["One", "Two", "Three"]


def test_what_comes_late_never_stands_above_an_answer_that_did_not_know_of_it(
    desk: Desk, vera: Person
) -> None:
    called(desk)
    for word in ("One", "Two", "Three"):
        desk.telegram.say(vera, word)
    one, two, three = desk.telegram.updates.every
    for update in (one, three):
        call(desk, update)
        desk.take_in()
    desk.answer(desk.ticket(), "An answer")
    call(desk, two)
    desk.take_in()
    assert shown(desk) == ["One", "Three", "An answer", "Two"]


class Receiver(Simulator):
    """Somebody who is called, and notes it."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Mapping[str, Any]] = []

    def answer(self, asked: Asked) -> Reply:
        self.heard.append(asked.fields)
        return Reply(value={})


@pytest.mark.parametrize("mood", [Mood.SOBER, Mood.TWICE, Mood.ASKEW])
def test_in_whatever_mood_the_messenger_calls_the_ticket_reads_the_same(
    desk: Desk, vera: Person, mood: Mood
) -> None:
    called(desk)
    words = [f"Word {number}" for number in range(4)]
    for word in words:
        desk.telegram.say(vera, word)
    caller = desk.telegram.caller
    with Receiver() as receiver:
        caller.mood = mood
        caller.resolve = {"https://desk.example": receiver.url}
        caller.call("https://desk.example/hooks/telegram/x", secret="s")
        wait_for(lambda: not desk.telegram.updates.after(None, limit=1, seconds=0))
    times = 2 if mood is Mood.TWICE else 1
    numbers = [each["update_id"] for each in receiver.heard]
    assert len(numbers) == len(words) * times
    assert (numbers == sorted(numbers)) == (mood is not Mood.ASKEW)
    for update in receiver.heard:
        assert call(desk, update) == 200
    desk.take_in()
    assert shown(desk) == words


@pytest.fixture
def growing(monkeypatch: pytest.MonkeyPatch) -> None:
    """An album may grow until the test says otherwise: a busy machine lets its seconds pass."""
    monkeypatch.setattr(albums, "SETTLES", timedelta(hours=1))


def let_albums_settle() -> None:
    """Have the time pass in which more might come."""
    IntakeItem.objects.update(received_at=now() - timedelta(hours=2))


@pytest.mark.usefixtures("growing")
def test_pictures_that_were_sent_as_one_are_one_message(desk: Desk, vera: Person) -> None:
    pictures = [b"\xff\xd8\xff first", b"\xff\xd8\xff second", b"\xff\xd8\xff third"]
    desk.telegram.send_album(vera, pictures, caption="It came broken")
    desk.telegram.say(vera, "See above")
    desk.hear()
    # More of the album might still come.
    assert desk.said() == ["See above"]
    let_albums_settle()
    desk.take_in()
    assert Message.objects.filter(thread__channel=desk.channel).count() == 2
    files = Attachment.objects.order_by("pk")
    assert [storing.read(file.blob) for file in files] == pictures
    assert {file.message.text for file in files} == {"It came broken"}
    assert shown(desk) == ["It came broken", "See above"]
    assert set(IntakeItem.objects.values_list("state", flat=True)) == {"done"}


@pytest.mark.usefixtures("growing")
def test_an_album_that_the_end_of_a_batch_would_cut_stays_whole(
    desk: Desk, vera: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.telegram.say(vera, "Look")
    desk.telegram.send_album(vera, [b"\xff\xd8\xff a", b"\xff\xd8\xff b", b"\xff\xd8\xff c"])
    monkeypatch.setattr(lane, "AT_ONCE", 1)
    desk.hear()
    monkeypatch.setattr(lane, "AT_ONCE", 2)
    let_albums_settle()
    desk.take_in()
    counts = [message.attachments.count() for message in Message.objects.order_by("pk")]
    assert counts == [0, 3]


@pytest.mark.usefixtures("growing")
def test_two_albums_of_two_people_do_not_mix(desk: Desk, vera: Person) -> None:
    boris = desk.telegram.person(7002, "Boris")
    desk.telegram.send_album(vera, [b"\xff\xd8\xff a", b"\xff\xd8\xff b"])
    desk.telegram.send_album(boris, [b"\xff\xd8\xff c", b"\xff\xd8\xff d"])
    desk.hear()
    let_albums_settle()
    desk.take_in()
    assert Ticket.objects.count() == 2
    assert {message.attachments.count() for message in Message.objects.all()} == {2}
