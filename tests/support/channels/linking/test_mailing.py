"""The person asks to go on by mail or in a messenger: recorded, told to both sides, joining nobody."""

from uuid import uuid4

import pytest

from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.adopting import verify
from ambidesk.parties.people.describing import add_identity
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.parties.people.normalising import NotAnAddress
from ambidesk.support.channels.linking.mailing import NoAddress, ask_for_mail
from ambidesk.support.channels.telegram.simulator import Person
from ambidesk.support.channels.widget.connecting import Widget, connect_widget
from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.speaking import Said, say
from ambidesk.support.channels.widget.transcribing import NothingYet, TooOften
from ambidesk.support.channels.widget.visiting import Guest, begin
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.parties import parties_of
from tests.support.channels.telegram.desk import Desk, now


def proposals(ticket: Ticket) -> list[tuple[int, bool]]:
    """Which channels were proposed, and whether by the person."""
    return [
        (entry.data["channel_id"], entry.data["by_requester"])
        for entry in entries_of("ticket", ticket.pk)
        if entry.kind == "tickets.channel_proposed"
    ]


def mailed() -> Message:
    """The newest mail of ours."""
    return Message.objects.filter(deliveries__recipient__kind="email").order_by("-pk")[0]


@pytest.fixture
def talk(desk: Desk, vera: Person) -> Ticket:
    """Vera asks in Telegram and is answered there."""
    desk.telegram.say(vera, "Where is my parcel?")
    desk.hear()
    desk.answer(desk.ticket(), "It comes today.")
    desk.send(rounds=2)
    return desk.ticket()


def told(desk: Desk, vera: Person) -> str:
    desk.hear()
    desk.send(rounds=3)
    return desk.telegram.texts(vera.id)[-1]


def test_a_command_with_an_address_has_the_talk_go_on_by_mail(
    desk: Desk, vera: Person, talk: Ticket
) -> None:
    desk.telegram.say(vera, "/mail vera@example.org")
    assert "vera@example.org" in told(desk, vera)
    sent = mailed()
    for said in ("Where is my parcel?", "It comes today."):
        assert said in sent.text
    assert proposals(talk) == [(desk.cast.shop_mail.pk, True)]
    # The command is no word of the talk.
    assert desk.said() == ["Where is my parcel?"]
    # The next answer goes where they asked for.
    (chosen,) = [party for party in parties_of(talk) if party.is_chosen]
    assert chosen.identity.value == "vera@example.org"
    assert chosen.identity.verified_at is None


def test_who_writes_in_the_messenger_again_is_answered_there_again(
    desk: Desk, vera: Person, talk: Ticket
) -> None:
    desk.telegram.say(vera, "/mail vera@example.org")
    desk.hear()
    desk.telegram.say(vera, "Still here")
    desk.hear()
    (chosen,) = [party for party in parties_of(talk) if party.is_chosen]
    assert chosen.way == "telegram"
    assert Ticket.objects.count() == 1


def test_a_command_without_an_address_asks_for_one_or_takes_the_proved_one(
    desk: Desk, vera: Person, talk: Ticket
) -> None:
    desk.telegram.say(vera, "/mail")
    assert "/mail name@example.org" in told(desk, vera)
    assert proposals(talk) == []
    mail = add_identity(
        talk.requester, IdentityKind.EMAIL, value="v@example.org", by=SYSTEM, at=now()
    )
    verify(mail, by=SYSTEM, at=now())
    desk.telegram.say(vera, "/MAIL@polka_help_bot")
    assert "v@example.org" in told(desk, vera)


def test_an_address_that_is_somebody_elses_joins_nobody(
    desk: Desk, vera: Person, talk: Ticket
) -> None:
    desk.telegram.say(vera, "/mail anna@example.org")
    told(desk, vera)
    assert Identity.objects.get(value="anna@example.org").person == desk.cast.anna.person
    assert Ticket.objects.get(pk=talk.pk).requester != desk.cast.anna.person
    assert mailed().deliveries.get().recipient == desk.cast.anna


@pytest.mark.parametrize("written", ["nonsense", "a@", "<script>", "a@b, c@d"])
def test_what_is_no_address_is_said_in_the_talk(
    desk: Desk, vera: Person, talk: Ticket, written: str
) -> None:
    desk.telegram.say(vera, f"/mail {written}")
    assert told(desk, vera)
    assert proposals(talk) == []


def test_nobody_mails_strangers_through_us(desk: Desk, vera: Person) -> None:
    desk.telegram.say(vera, "Hello")
    desk.telegram.say(vera, "/mail stranger@example.org")
    told(desk, vera)
    assert not Message.objects.filter(deliveries__recipient__kind="email").exists()


def test_and_not_often(desk: Desk, talk: Ticket) -> None:
    asker = Identity.objects.get(value="telegram:7001")
    for _time in range(3):
        ask_for_mail(talk, asker, address="v@example.org", by=SYSTEM, at=now())
    with pytest.raises(TooOften):
        ask_for_mail(talk, asker, address="v@example.org", by=SYSTEM, at=now())


def test_an_unknown_command_is_words(desk: Desk, vera: Person) -> None:
    desk.telegram.say(vera, "/help me")
    desk.hear()
    assert desk.said() == ["/help me"]


def test_who_asks_before_they_have_written_is_told_to_write(desk: Desk, vera: Person) -> None:
    desk.telegram.say(vera, "/mail v@example.org")
    assert told(desk, vera)
    assert not Ticket.objects.exists()


@pytest.fixture
def visitor(desk: Desk) -> Visitor:
    """A guest of the shop's site who was answered."""
    manner = Manner(origins=("https://polka.example",))
    site = Widget(brand=desk.cast.shop, team=desk.cast.shop_team, name="Site", manner=manner)
    chat = connect_widget(None, site, by=SYSTEM, at=now())
    guest, _token = begin(chat, Guest(name="Vera"), at=now())
    say(guest, Said(key=uuid4(), text="Is the shelf in stock?"), at=now())
    said = Answer(text="One moment.", to=(guest.identity,), due_at=now())
    answer(Ticket.objects.get(), said, by=desk.cast.actor(desk.cast.olga), at=now())
    return guest


def test_a_guest_goes_on_by_mail_with_all_that_was_said(desk: Desk, visitor: Visitor) -> None:
    ticket = Ticket.objects.get()
    ask_for_mail(ticket, visitor.identity, address="vera@example.org", by=SYSTEM, at=now())
    assert "Is the shelf in stock?" in mailed().text
    assert "One moment." in mailed().text
    assert proposals(ticket) == [(desk.cast.shop_mail.pk, True)]


def test_a_guest_whom_nobody_answered_sends_no_mail(desk: Desk, visitor: Visitor) -> None:
    Message.objects.filter(direction="out").update(automatic=True)
    ticket = Ticket.objects.get()
    with pytest.raises(NothingYet):
        ask_for_mail(ticket, visitor.identity, address="vera@example.org", by=SYSTEM, at=now())
    for wrong, why in (("", NoAddress), ("x", NotAnAddress)):
        with pytest.raises(why):
            ask_for_mail(ticket, visitor.identity, address=wrong, by=SYSTEM, at=now())
