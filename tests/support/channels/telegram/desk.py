"""A desk with a Telegram bot, and the lanes of its worker, one step at a time."""

from dataclasses import dataclass
from datetime import UTC, datetime

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.models import Identity
from ambidesk.support.channels.access import access_of, connector_for
from ambidesk.support.channels.connecting import Wanted, connect_messenger
from ambidesk.support.channels.contract.manifest import WayIn
from ambidesk.support.channels.intake.lane import run_once
from ambidesk.support.channels.kit.server import Arrived
from ambidesk.support.channels.polling.positions import advance, attend
from ambidesk.support.channels.sending.lane import Posted
from ambidesk.support.channels.sending.posting import post_office
from ambidesk.support.channels.taking import take
from ambidesk.support.channels.telegram.simulator import Person, TelegramSimulator
from ambidesk.support.channels.telegram.simulator.bot import TOKEN
from ambidesk.support.conversations.models import Channel, Direction, Message
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast


def now() -> datetime:
    return datetime.now(UTC)


def connected(cast: Cast, telegram: TelegramSimulator, **more: object) -> Channel:
    """The shop's bot."""
    values = {"token": TOKEN, "server": telegram.url}
    fields: dict[str, object] = {
        "kind": "telegram",
        "brand": cast.shop,
        "team": cast.shop_team,
        "name": "",
        "way_in": WayIn.POLLING,
        "values": values,
    }
    return connect_messenger(None, Wanted(**{**fields, **more}), by=SYSTEM, at=now())  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A desk with one bot."""

    cast: Cast
    channel: Channel
    telegram: TelegramSimulator

    def hear(self) -> None:
        """Ask the messenger, commit, and take in."""
        position = attend(self.channel, attendant="test", at=now())
        assert position
        poll = connector_for(self.channel).poll(access_of(self.channel), position.marker)
        take(self.channel, poll.items, way="polling", at=now())
        advance(position, marker=poll.marker)
        self.take_in()

    def take_in(self) -> None:
        """Take in until nothing is left that can be."""
        while run_once():
            pass

    def send(self, rounds: int = 1) -> Posted:
        """Work off what is due."""
        posted = Posted()
        for _round in range(rounds):
            posted = post_office(self.channel, lambda: False).run()
        return posted

    def choose(self, person: Person, number: int = 0, *, then: str = "") -> Arrived:
        """Have the bot ask what it has to ask; press a button under it, and say more at once."""
        self.send(rounds=2)
        question = [each for each in self.telegram.ledger if each.to == person.id][-1]
        value = str(question.buttons[number]["callback_data"])
        self.telegram.press(person, question, value=value)
        if then:
            self.telegram.say(person, then)
        self.hear()
        return question

    def ticket(self) -> Ticket:
        """The newest ticket."""
        return Ticket.objects.order_by("-pk")[0]

    def said(self) -> list[str]:
        """What people said, as it stands on the desk, in order."""
        rows = Message.objects.filter(
            thread__channel=self.channel, direction=Direction.INBOUND
        ).order_by("pk")
        return list(rows.values_list("text", flat=True))

    def answer(self, ticket: Ticket, text: str, **more: object) -> Message:
        """Answer whoever asked."""
        ticket = Ticket.objects.get(pk=ticket.pk)
        whom = Identity.objects.get(person=ticket.requester, kind="messenger")
        said: dict[str, object] = {"text": text, "to": (whom,), "due_at": now()}
        by = self.cast.actor(self.cast.olga)
        return answer(ticket, Answer(**{**said, **more}), by=by, at=now())  # type: ignore[arg-type]
