"""The same two brands in talks: what widget, messenger and the mails of a switch bring a customer."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.relation.feedback.offering import offer_due
from ambidesk.relation.feedback.planning import KINDS, plan
from ambidesk.support.channels.linking.models import Link
from ambidesk.support.channels.linking.tokens import token_of
from ambidesk.support.channels.telegram.simulator import TelegramSimulator
from ambidesk.support.conversations.models import Delivery
from ambidesk.support.incidents.announcing import announce
from ambidesk.support.incidents.models import Incident, IncidentState
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.conftest import next_day
from tests.support.channels.telegram.desk import Desk, connected, now
from tests.wiring.sides import OF_THE_DESK, Side, _host, leaks, pairs, readable, sides, writer_of

__all__ = ["_host", "sides"]
pytestmark = pytest.mark.django_db


def asked(side: Side, path: str, body: dict[str, object], token: str = "") -> str:
    """What the widget's script is told by the brand's own host."""
    more = {"authorization": f"Visitor {token}"} if token else {}
    origin = f"https://www.{side.brand.slug}.example"
    client = Client(headers={"host": side.brand.host, "origin": origin, **more})
    answer = client.post(
        f"/widget/{side.widget.address}/{path}",
        json.dumps(body),
        content_type="application/json",
        secure=True,
    )
    assert answer.status_code < 300, answer.content
    return answer.content.decode()


def talked(cast: Cast, side: Side, telegram: TelegramSimulator, token: str) -> str:
    """Widget, answer, Telegram, mail, the end and its question; all that the customer reads."""
    bot = connected(cast, telegram, brand=side.brand, team=None)
    desk = Desk(cast=cast, channel=bot, telegram=telegram)
    vera = telegram.person(7001, "Vera")
    ticket = Ticket.objects.order_by("-pk")[0]
    shown = asked(side, "moves", {"to": "telegram"}, token)
    telegram.start(vera, token_of(Link.objects.order_by("-pk")[0].nonce))
    desk.hear()
    desk.choose(vera)
    telegram.say(vera, "Here I am")
    desk.hear()
    desk.answer(ticket, "Good that you came.")
    telegram.say(vera, "/mail vera@customer.example")
    telegram.say(vera, "/mail")
    desk.hear()
    shown += asked(side, "moves", {"to": "email", "email": "vera2@customer.example"}, token)
    solve(ticket, by=cast.actor(side.colleague), at=now())
    desk.telegram.say(vera, "Thanks")
    desk.hear()
    solve(ticket, by=cast.actor(side.colleague), at=now())
    plan([e for e in entries_of("ticket", ticket.pk) if e.kind in KINDS], at=now())
    offer_due(at=now())
    Delivery.objects.filter(channel=bot).update(due_at=now())
    desk.send(rounds=4)
    question = telegram.ledger[-1]
    for button in question.buttons:
        telegram.press(vera, question, value=button["callback_data"])
    desk.hear()
    shown += json.dumps([[each.text, each.buttons] for each in (*telegram.ledger, *telegram.edits)])
    return shown


def test_a_banner_is_read_by_visitors_of_its_brand_only(
    cast: Cast, sides: tuple[Side, Side]
) -> None:
    for mine, _other in pairs(sides):
        fault = Incident.objects.create(
            brand=mine.brand, state=IncidentState.OPEN, title="Cards", began_at=cast.at
        )
        words = {"ru": f"{mine.brand.slug}: чиним", "en": f"{mine.brand.slug}: we mend it"}
        announce(fault, words=words, by=SYSTEM, at=cast.at)
    for mine, other in pairs(sides):
        origin = f"https://www.{mine.brand.slug}.example"
        client = Client(headers={"host": mine.brand.host, "origin": origin})
        shown = client.get(f"/widget/{mine.widget.address}/banner?language=en", secure=True)
        assert f"{mine.brand.slug}: we mend it" in shown.content.decode()
        assert leaks(shown.content.decode(), (*other.betrayals, *OF_THE_DESK)) == []


def test_no_word_of_a_talk_names_the_other_brand_or_the_desk(
    cast: Cast, sides: tuple[Side, Side], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "EGRESS_HOSTS", frozenset({"127.0.0.1"}))
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)
    for mine, other in pairs(sides):
        next_day()
        word = mine.brand.slug
        known = set(Delivery.objects.values_list("pk", flat=True))
        with TelegramSimulator(bot={"first_name": word, "username": f"{word}_bot"}) as telegram:
            begun = asked(mine, "visit", {"name": "Vera", "email": "vera@customer.example"})
            token = json.loads(begun)["token"]
            shown = asked(mine, "words", {"key": f"{0:032x}", "text": "Hello"}, token)
            shown += begun + talked(cast, mine, telegram, token)
            shown += asked(mine, "transcript", {"email": "vera@customer.example"}, token)
            assert len(telegram.ledger) >= 5
        writer = writer_of(mine.mail)
        mails = Delivery.objects.filter(channel=mine.mail).exclude(pk__in=known)
        # Two switches by mail, and the transcript.
        assert len(mails) == 3
        for row in mails:
            shown += readable(writer.write(row, at=row.due_at).mail)
        assert leaks(shown, (*other.betrayals, *OF_THE_DESK)) == []
        # The canaries sing.
        assert leaks(shown, mine.betrayals[:1])
