"""Two brands with unmistakable names over one desk, and what of them is shown to whom."""

import email
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from ambidesk.edge.web.ui.faces import forget_hosts
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.brands.founding import Face, set_up
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.forming import form_team
from ambidesk.parties.staff.models import Member
from ambidesk.relation.feedback.offering import offer_due
from ambidesk.relation.feedback.planning import KINDS, plan
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.support.channels.mail.acknowledging import acknowledge
from ambidesk.support.channels.mail.composing.gathering import gather
from ambidesk.support.channels.mail.habits import Habits, habits_of
from ambidesk.support.channels.mail.sending.envelope import Writer
from ambidesk.support.channels.widget.connecting import Widget, connect_widget
from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.conversations.connecting import Connection, connect
from ambidesk.support.conversations.models import Channel, ChannelKind, Message
from ambidesk.support.desk.phrasing import filled, write_template
from ambidesk.support.knowledge.models import Translation
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.forwarding import Forwarding, forward
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast, hired
from tests.support.knowledge.articles import published

BASE = "https://desk.operatorhouse.example"
# What no customer of a brand with a host of its own should ever read.
OF_THE_DESK = ("operatorhouse", "ambidesk", "localhost", "testserver")
# The names of cookies and static addresses are the same for all brands and name none.
OF_THE_HOST = ("operatorhouse", "localhost", "testserver")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One brand with everything that says its name, and the words that betray it."""

    brand: Brand
    mail: Channel
    widget: Channel
    colleague: Member
    betrayals: tuple[str, ...]
    ticket: Ticket


@pytest.fixture(autouse=True)
def _host() -> Iterator[None]:
    forget_hosts()
    with override_settings(BASE_URL=BASE):
        yield
    forget_hosts()


@pytest.fixture
def sides(cast: Cast) -> tuple[Side, Side]:
    """Both brands, and Anna, who writes to both of them."""
    set_up_survey(None, Asking(name="CSAT", quiet_for=timedelta()), by=SYSTEM, at=cast.at)
    return _side(cast, "zeblino", "ru"), _side(cast, "quorvex", "en")


def _side(cast: Cast, word: str, language: str) -> Side:
    by, at = cast.actor(cast.admin), cast.at
    face = Face(
        name=f"{word.title()} Market",
        slug=word,
        language=language,
        accent="#0a7d4f" if word == "zeblino" else "#8a1f6b",
        signature=f"Sincerely, the {word}sign",
        web=f"https://help.{word}.example",
    )
    brand = set_up(None, face, by=by, at=at)
    team = form_team(None, name=f"{word} team", brands=[brand], members=[], by=by, at=at)
    habits = Habits(acknowledgement=f"{{{{brand.name}}}} got it. The {word}ack.")
    mailbox = Connection(
        kind=ChannelKind.EMAIL,
        brand=brand,
        team=team,
        name=f"{word} mail",
        address=f"care@{word}.example",
        settings={"habits": habits.stored()},
    )
    mail = connect(None, mailbox, by=by, at=at)
    manner = Manner(origins=(f"https://www.{word}.example",))
    widget = connect_widget(
        None, Widget(brand=brand, team=team, name=f"{word} chat", manner=manner), by=by, at=at
    )
    colleague = hired(f"{word.title()}op Ivanova", "operator", team, at=at)
    template = write_template(
        None,
        name=f"{word} hello",
        text=f"Hello from the {word}template, {{{{requester.name}}}}!",
        language="",
        brand=brand,
        team=None,
        by=by,
        at=at,
    )
    ticket = cast.ticket(
        f"Where is my {word}parcel?", channel=mail, subject=f"{word}parcel", sender_verified=True
    )
    _articles(cast, brand, word)
    _talk(cast, ticket, colleague, words=filled(template, ticket, by=cast.actor(colleague)).text)
    return Side(
        brand=brand,
        mail=mail,
        widget=widget,
        colleague=colleague,
        betrayals=(word, face.accent),
        ticket=ticket,
    )


def _articles(cast: Cast, brand: Brand, word: str) -> None:
    """An article of the brand, and one that both brands have."""
    shared = Translation.objects.filter(slug="returns").first()
    if shared:
        shared.article.brands.add(brand)
    else:
        published(cast, "Returns", brand=brand)
    own = published(cast, f"All about {word}", brand=brand, body=f"The {word} article.")
    for each in Translation.objects.filter(slug="returns"):
        each.article.related.add(own.article)


def _talk(cast: Cast, ticket: Ticket, colleague: Member, *, words: str) -> None:
    """Acknowledged, answered, forwarded, solved, asked about."""
    by, at = cast.actor(colleague), cast.at
    acknowledge(entries_of("ticket", ticket.pk), at=at)
    answer(ticket, Answer(text=words, to=(cast.anna,), due_at=at), by=by, at=at)
    original = Message.objects.filter(filings__ticket=ticket).earliest("pk")
    going = Forwarding(original=original, to=(cast.boris,), text="Please look.", due_at=at)
    forward(ticket, going, by=by, at=at)
    solve(ticket, by=by, at=at)
    plan([e for e in entries_of("ticket", ticket.pk) if e.kind in KINDS], at=at)
    offer_due(at=at + timedelta(hours=1))


def readable(raw: bytes) -> str:
    """Everything that a mail says once it is decoded: each header, each part."""
    mail = email.message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    heads = [f"{name}: {value}" for name, value in mail.items()]
    parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([raw.decode(), *heads, *map(str, parts)])


def leaks(shown: str, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word.lower() in shown.lower()]


def pairs(sides: tuple[Side, Side]) -> Iterator[tuple[Side, Side]]:
    one, other = sides
    yield one, other
    yield other, one


def writer_of(channel: Channel) -> Writer:
    """Whoever writes the mails of a channel, with all that they need."""
    messages = Message.objects.filter(deliveries__channel=channel).select_related("thread")
    return Writer(
        channel, habits_of(channel), beside=gather(messages, on=day_of(datetime.now(UTC)))
    )


def page_of(side: Side, path: str, **more: str) -> HttpResponse:
    client = Client(headers={"host": side.brand.host, **more})
    return client.get(path, secure=True)


def shown_by(answer: HttpResponse) -> str:
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return headers + answer.content.decode()
