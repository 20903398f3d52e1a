"""What the desk says arrives, each piece once, whatever the messenger does."""

import pytest

from ambidesk.ground.files.storing import store
from ambidesk.support.channels.kit.server import Fault
from ambidesk.support.channels.telegram.simulator import Person
from ambidesk.support.conversations.models import Delivery, DeliveryState, Trouble
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.outbound import Choice
from ambidesk.support.tickets.withdrawing import withdraw_answer
from tests.support.channels.telegram.desk import Desk, now


@pytest.fixture
def ticket(desk: Desk, vera: Person) -> Ticket:
    desk.telegram.say(vera, "Where is my parcel?")
    desk.hear()
    return desk.ticket()


def deliver(desk: Desk, looks: int = 1) -> None:
    """Look so many times; what was put off is due again."""
    for _look in range(looks):
        desk.send()
        Delivery.objects.filter(state=DeliveryState.WAITING).update(due_at=now())


def test_an_answer_arrives_in_the_chat(desk: Desk, vera: Person, ticket: Ticket) -> None:
    message = desk.answer(ticket, "It comes today.")
    deliver(desk)
    assert desk.telegram.texts(vera.id) == ["It comes today."]
    assert message.deliveries.get().state == DeliveryState.SENT


def test_a_long_answer_comes_in_pieces_that_together_are_the_answer(
    desk: Desk, vera: Person, ticket: Ticket
) -> None:
    text = "\n\n".join(f"Paragraph {number} " + "word " * 120 for number in range(12)).strip()
    desk.answer(ticket, text)
    deliver(desk)
    arrived = desk.telegram.texts(vera.id)
    assert len(arrived) == 2
    assert " ".join(arrived).split() == text.split()


def test_files_go_as_pictures_and_documents(desk: Desk, vera: Person, ticket: Ticket) -> None:
    picture, paper = store(b"\x89PNG\r\n\x1a\n one", at=now()), store(b"%PDF-1.4 two", at=now())
    files = ((picture, "map.png"), (paper, "Счёт «1».pdf"))
    desk.answer(ticket, "Both", files=files)
    deliver(desk)
    first, second = desk.telegram.ledger
    assert (first.text, first.file) == ("Both", ("map.png", b"\x89PNG\r\n\x1a\n one"))
    assert second.file is not None
    assert second.file[1] == b"%PDF-1.4 two"


def test_buttons_stand_under_the_words(desk: Desk, vera: Person, ticket: Ticket) -> None:
    choices = (Choice(label="Good", value="csat:1"), Choice(label="More", url="https://p.example"))
    desk.answer(ticket, "How was it?", choices=choices)
    deliver(desk)
    assert desk.telegram.ledger[0].buttons == (
        {"text": "Good", "callback_data": "csat:1"},
        {"text": "More", "url": "https://p.example"},
    )


@pytest.mark.parametrize("fault", [Fault.TOO_MANY, Fault.BROKEN, Fault.DROPS_BEFORE])
def test_what_the_messenger_puts_off_arrives_once_later(
    desk: Desk, vera: Person, ticket: Ticket, fault: Fault
) -> None:
    desk.telegram.fail(fault)
    message = desk.answer(ticket, "It comes today.")
    # Put off for a second only, which may have passed by the time we look.
    begun = now()
    desk.send()
    row = message.deliveries.get()
    assert (row.state, bool(row.trouble)) == (DeliveryState.WAITING, True)
    assert row.due_at > begun
    Delivery.objects.update(due_at=now())
    deliver(desk)
    assert desk.telegram.texts(vera.id) == ["It comes today."]


def test_the_messengers_retry_after_is_kept(desk: Desk, ticket: Ticket) -> None:
    desk.telegram.fail(Fault.TOO_MANY)
    desk.answer(ticket, "It comes today.")
    posted = desk.send()
    assert (posted.trouble, posted.rest) == (Trouble.BUSY, 1.0)


def test_of_a_message_in_pieces_only_what_is_missing_is_sent_again(
    desk: Desk, vera: Person, ticket: Ticket
) -> None:
    text = "\n\n".join(f"Part {number} " + "word " * 700 for number in range(3))
    desk.answer(ticket, text)
    desk.telegram.fail(Fault.DROPS_BEFORE)
    deliver(desk, looks=2)
    arrived = desk.telegram.texts(vera.id)
    assert [part.split()[1] for part in arrived] == ["0", "1", "2"]


def test_a_message_whose_fate_is_unknown_may_come_twice_and_is_never_lost(
    desk: Desk, vera: Person, ticket: Ticket
) -> None:
    desk.telegram.fail(Fault.DROPS_AFTER)
    desk.answer(ticket, "It comes today.")
    deliver(desk, looks=2)
    assert desk.telegram.texts(vera.id) == ["It comes today."] * 2


def test_who_blocked_the_bot_is_told_to_the_operator(
    desk: Desk, vera: Person, ticket: Ticket
) -> None:
    desk.telegram.block(vera)
    message = desk.answer(ticket, "It comes today.")
    deliver(desk)
    row = message.deliveries.get()
    assert (row.state, row.trouble) == (DeliveryState.REFUSED, Trouble.BLOCKED)
    assert Ticket.objects.get(pk=ticket.pk).unread


def test_a_later_answer_never_overtakes_one_that_waits(
    desk: Desk, vera: Person, ticket: Ticket
) -> None:
    desk.telegram.fail(Fault.DROPS_BEFORE)
    desk.answer(ticket, "First")
    desk.answer(ticket, "Second")
    desk.send()
    desk.send()
    assert desk.telegram.texts(vera.id) == []
    deliver(desk, looks=3)
    assert desk.telegram.texts(vera.id) == ["First", "Second"]


def test_a_wrong_token_keeps_all_of_it_and_is_told(desk: Desk, ticket: Ticket) -> None:
    wrong = desk.telegram.url + "/elsewhere"
    desk.channel.settings["values"]["server"] = wrong
    desk.channel.save()
    message = desk.answer(ticket, "It comes today.")
    deliver(desk)
    assert message.deliveries.get().trouble == Trouble.TOKEN_REFUSED
    desk.channel.refresh_from_db()
    assert desk.channel.health == "failing"
    assert desk.channel.reports.get(way="out").trouble == Trouble.TOKEN_REFUSED


def test_what_was_taken_back_never_leaves(desk: Desk, vera: Person, ticket: Ticket) -> None:
    message = desk.answer(ticket, "Oh no")
    withdraw_answer(ticket, message, by=desk.cast.actor(desk.cast.olga), at=now())
    deliver(desk)
    assert desk.telegram.texts(vera.id) == []
