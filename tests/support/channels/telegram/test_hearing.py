"""What people write to the bot stands on the desk, each word once."""

from ambidesk.ground.files import storing
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.models import Identity
from ambidesk.support.channels.models import PollingPosition
from ambidesk.support.channels.telegram.simulator import Person
from ambidesk.support.conversations.models import Attachment, Edit, IntakeItem, Message
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.models import Filing, Ticket
from tests.support.channels.telegram.desk import Desk, now


def test_a_first_word_opens_a_ticket_of_the_bots_brand_and_the_next_goes_on_it(
    desk: Desk, vera: Person
) -> None:
    desk.telegram.say(vera, "Where is my parcel?")
    desk.telegram.say(vera, "Order 1207")
    desk.hear()
    ticket = desk.ticket()
    assert (ticket.brand, ticket.team, ticket.subject) == (
        desk.cast.shop,
        desk.cast.shop_team,
        "Where is my parcel?",
    )
    assert [row.message.text for row in ticket.filings.order_by("pk")] == [
        "Where is my parcel?",
        "Order 1207",
    ]
    assert Ticket.objects.count() == 1


def test_the_account_is_its_own_proof(desk: Desk, vera: Person) -> None:
    desk.telegram.say(vera, "Hello")
    desk.hear()
    identity = Identity.objects.get(value="telegram:7001")
    assert identity.verified_at
    assert (identity.person.name, identity.display, identity.person.language) == (
        "Vera",
        "@vera_v",
        "ru",
    )
    assert not desk.ticket().suspended


def test_what_is_asked_for_twice_is_taken_in_once(desk: Desk, vera: Person) -> None:
    desk.telegram.say(vera, "Hello")
    for _time in range(2):
        poll_marker_lost(desk)
        desk.hear()
    assert desk.said() == ["Hello"]


def poll_marker_lost(desk: Desk) -> None:
    PollingPosition.objects.filter(channel=desk.channel).update(marker="")


def test_after_a_ticket_is_closed_the_talk_begins_another(desk: Desk, vera: Person) -> None:
    desk.telegram.say(vera, "Hello")
    desk.hear()
    first = desk.ticket()
    close(first, by=SYSTEM, at=now())
    desk.telegram.say(vera, "Something else")
    desk.hear()
    second = desk.ticket()
    assert second != first
    threads = Filing.objects.filter(ticket__in=[first, second]).values("message__thread")
    assert threads.distinct().count() == 1


def test_an_edit_is_kept_beside_the_message_which_stays(desk: Desk, vera: Person) -> None:
    number = desk.telegram.say(vera, "Order 1207")
    desk.telegram.edit(vera, number, text="Order 1208")
    desk.hear()
    message = Message.objects.get(thread__channel=desk.channel)
    assert message.text == "Order 1207"
    assert [edit.text for edit in Edit.objects.filter(message=message)] == ["Order 1208"]
    assert desk.ticket().unread


def test_files_come_with_their_content_and_the_largest_picture(desk: Desk, vera: Person) -> None:
    desk.telegram.send_file(vera, b"%PDF-1.4 a paper", name="bill.pdf")
    desk.telegram.send_file(vera, b"\xff\xd8\xff a photo", kind="photo")
    desk.telegram.send_file(vera, b"OggS a voice", kind="voice")
    desk.hear()
    files = Attachment.objects.order_by("pk")
    assert [(file.name, storing.read(file.blob)) for file in files] == [
        ("bill.pdf", b"%PDF-1.4 a paper"),
        ("photo.jpg", b"\xff\xd8\xff a photo"),
        ("voice.ogg", b"OggS a voice"),
    ]


def test_a_file_that_the_messenger_does_not_give_is_named_and_its_words_come(
    desk: Desk, vera: Person
) -> None:
    paper = {"file_id": "big", "file_name": "film.mov", "file_size": 25 * 1024 * 1024}
    desk.telegram.say(vera, "See this", document=paper)
    desk.hear()
    for _look in range(3):
        IntakeItem.objects.update(leased_until=None)
        desk.take_in()
    (text,) = desk.said()
    assert text.startswith("See this")
    assert "film.mov" in text


def test_places_and_contacts_become_words(desk: Desk, vera: Person) -> None:
    desk.telegram.say(vera, "", location={"latitude": 55.75, "longitude": 37.61})
    desk.telegram.say(vera, "", contact={"phone_number": "+79001234567", "first_name": "Oleg"})
    desk.hear()
    place, contact = desk.said()
    assert "55.75, 37.61" in place
    assert "Oleg +79001234567" in contact


def test_groups_bots_and_a_bare_start_open_nothing(desk: Desk, vera: Person) -> None:
    desk.telegram.start(vera)
    desk.telegram.say(vera, "in a group", chat={"id": -5, "type": "group"})
    desk.telegram.block(vera)
    desk.hear()
    assert Ticket.objects.count() == 0
    assert set(IntakeItem.objects.values_list("state", "reason")) == {
        ("done", "start"),
        ("discarded", "group"),
        ("done", "left"),
    }


def test_what_cannot_be_read_is_set_aside_and_stops_nothing(desk: Desk, vera: Person) -> None:
    desk.telegram.updates.add("message", {"from": {"id": "x"}, "chat": {"type": "private"}})
    desk.telegram.say(vera, "Hello")
    desk.hear()
    assert desk.said() == ["Hello"]
    assert IntakeItem.objects.get(state="quarantined").reason == "unreadable"
