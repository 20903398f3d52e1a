"""One ticket over many channels: a chat of a guest goes on in Telegram and ends by mail."""

from uuid import uuid4

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.adopting import verify
from ambidesk.parties.people.describing import add_identity
from ambidesk.parties.people.models import IdentityKind
from ambidesk.support.channels.linking.offering import offer
from ambidesk.support.channels.linking.tokens import token_of
from ambidesk.support.channels.telegram.simulator import Person
from ambidesk.support.channels.widget.connecting import Widget, connect_widget
from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.channels.widget.speaking import Said, say
from ambidesk.support.channels.widget.talk import read_talk
from ambidesk.support.channels.widget.visiting import Guest, begin
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.parties import parties_of
from tests.support.channels.telegram.desk import Desk, now


def reply(desk: Desk, ticket: Ticket, text: str, way: str) -> None:
    """Olga answers by the way that she chooses."""
    (whom,) = [party.identity for party in parties_of(ticket) if party.way == way]
    said = Answer(text=text, to=(whom,), due_at=now())
    answer(ticket, said, by=desk.cast.actor(desk.cast.olga), at=now())


def test_a_guest_goes_on_in_telegram_and_ends_by_mail_in_one_ticket(
    desk: Desk, vera: Person
) -> None:
    cast = desk.cast
    manner = Manner(origins=("https://polka.example",))
    site = Widget(brand=cast.shop, team=cast.shop_team, name="Site", manner=manner)
    chat = connect_widget(None, site, by=SYSTEM, at=now())
    visitor, _token = begin(chat, Guest(name="Vera"), at=now())
    say(visitor, Said(key=uuid4(), text="Is the shelf in stock?"), at=now())
    ticket = Ticket.objects.get()
    reply(desk, ticket, "One moment.", "widget")

    link = offer(ticket, desk.channel, by=cast.actor(cast.olga), at=now())
    shown = read_talk(visitor, at=now()).lines[-1].text
    assert token_of(link.nonce) in shown
    desk.telegram.start(vera, token_of(link.nonce))
    desk.hear()
    desk.choose(vera)
    desk.telegram.say(vera, "I had to leave the site.")
    desk.hear()
    reply(desk, ticket, "It is. Shall we send it?", "telegram")
    desk.send(rounds=3)
    assert desk.telegram.texts(vera.id)[-1] == "It is. Shall we send it?"

    person = Ticket.objects.get(pk=ticket.pk).requester
    mail = add_identity(person, IdentityKind.EMAIL, value="vera@example.org", by=SYSTEM, at=now())
    verify(mail, by=SYSTEM, at=now())
    reply(desk, ticket, "The order by mail.", "email")

    assert Ticket.objects.count() == 1
    spoken = ticket.filings.filter(message__automatic=False).order_by("pk")
    told = [row.message.text for row in spoken]
    assert told == [
        "Is the shelf in stock?",
        "One moment.",
        "I had to leave the site.",
        "It is. Shall we send it?",
        "The order by mail.",
    ]
    kinds = [entry.kind for entry in journal.entries_of("ticket", ticket.pk)]
    assert kinds.count("tickets.channel_proposed") == 1
    assert kinds.count("tickets.channel_switched") == 2


def test_a_word_that_is_heard_together_with_the_yes_before_it_stands_on_the_ticket(
    desk: Desk, vera: Person
) -> None:
    cast = desk.cast
    manner = Manner(origins=("https://polka.example",))
    site = Widget(brand=cast.shop, team=cast.shop_team, name="Site", manner=manner)
    chat = connect_widget(None, site, by=SYSTEM, at=now())
    visitor, _token = begin(chat, Guest(name="Vera"), at=now())
    say(visitor, Said(key=uuid4(), text="Is the shelf in stock?"), at=now())
    ticket = Ticket.objects.get()
    link = offer(ticket, desk.channel, by=cast.actor(cast.olga), at=now())
    desk.telegram.start(vera, token_of(link.nonce))
    desk.hear()
    desk.choose(vera, then="I had to leave the site.")
    assert Ticket.objects.count() == 1
    told = [row.message.text for row in ticket.filings.filter(message__automatic=False)]
    assert told == ["Is the shelf in stock?", "I had to leave the site."]
