"""The example docs/examples/chat.py against the desk: words come in, answers arrive, signed."""

import importlib.util
import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.stewards.entrusting import entrust
from ambidesk.parties.stewards.models import Duty
from ambidesk.support.channels.access import settings_of
from ambidesk.support.channels.connecting import Wanted, connect_messenger
from ambidesk.support.channels.contract.manifest import WayIn
from ambidesk.support.channels.intake import lane as intake
from ambidesk.support.channels.sending.posting import post_office
from ambidesk.support.conversations.models import Channel, DeliveryState, Message, Trouble
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.webhooks.signing import headers, new_secret
from ambidesk.wiring import connectors
from tests.cast import Cast
from tests.clients import make_clients

connectors.join()
EXAMPLE = Path(__file__).parents[4] / "docs" / "examples" / "chat.py"
SECRET = new_secret()


@pytest.fixture
def chat(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """The example, listening on a port of its own."""
    monkeypatch.setattr(settings, "EGRESS_HOSTS", frozenset({"127.0.0.1"}))
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)
    spec = importlib.util.spec_from_file_location("chat", EXAMPLE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = module.Chat(SECRET)
    server = made.serve(0)
    made.port = server.server_port
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def channel(cast: Cast, chat: Any) -> Channel:
    """The channel, set up as an administrator does."""
    values = {"address": "shop-chat", "secret": SECRET, "url": f"http://127.0.0.1:{chat.port}/"}
    wanted = Wanted(
        kind="api",
        brand=cast.shop,
        team=cast.shop_team,
        name="Chat",
        way_in=WayIn.WEBHOOK,
        values=values,
    )
    return connect_messenger(None, wanted, by=SYSTEM, at=datetime.now(UTC))


def bring(channel: Channel, body: bytes, signed: dict[str, str]) -> int:
    """Call the desk, and have it taken in."""
    path = f"/hooks/api/{settings_of(channel).hook}"
    said = Client().post(path, body, content_type="application/json", headers=signed)
    intake.run_once()
    return said.status_code


def reply(ticket: Ticket, text: str) -> Message:
    """Answer whoever asked, at once."""
    assert ticket.requester_identity
    at = datetime.now(UTC)
    said = Answer(text=text, to=(ticket.requester_identity,), due_at=at)
    return answer(ticket, said, by=SYSTEM, at=at)


def test_words_come_in_and_the_answer_arrives_once(channel: Channel, chat: Any) -> None:
    body, signed = chat.said("anna", "Where is my parcel?", name="Anna")
    for _twice in range(2):
        assert bring(channel, body, signed) == 200
    ticket = Ticket.objects.get()
    assert (ticket.requester.name, ticket.channel) == ("Anna", channel)
    message = reply(ticket, "It comes today.")
    post_office(channel, lambda: False).run()
    assert [each["text"] for each in chat.told.values()] == ["It comes today."]
    assert [each["to"] for each in chat.told.values()] == ["anna"]
    assert message.deliveries.get().state == DeliveryState.SENT
    body, signed = chat.said("anna", "Thank you!")
    bring(channel, body, signed)
    assert Ticket.objects.get().filings.count() == 3


def test_a_client_reads_once_who_answers_for_their_account(
    cast: Cast, channel: Channel, chat: Any
) -> None:
    body, signed = chat.said("anna", "The freezer is warm", name="Anna")
    bring(channel, body, signed)
    ticket, day = Ticket.objects.get(), datetime.now(UTC).date()
    made = make_clients(cast)
    told = {"since": day, "by": SYSTEM, "at": datetime.now(UTC)}
    appoint(made.chain, ticket.requester, **told)
    entrust(made.chain, cast.olga, duty=Duty.MANAGER, **told)
    attribute(ticket, company=made.chain, site=None, by=SYSTEM, at=datetime.now(UTC))
    for text in ("We come.", "We are on the way."):
        reply(ticket, text)
        post_office(channel, lambda: False).run()
    assert [each["text"] for each in chat.told.values()] == [
        "We come.\n\nВаш персональный менеджер: Olga Orlova",
        "We are on the way.",
    ]


def test_a_file_comes_with_the_words(channel: Channel) -> None:
    file = {"name": "map.txt", "content": b64encode(b"left, then right").decode()}
    said = {"id": "1", "sender": {"id": "boris"}, "text": "Here", "files": [file]}
    body = json.dumps(said).encode()
    signed = headers([SECRET], message_id="1", at=datetime.now(UTC), body=body)
    assert bring(channel, body, signed) == 200
    kept = Message.objects.get().attachments.get()
    assert (kept.name, kept.blob.size_bytes) == ("map.txt", 16)


@pytest.mark.parametrize(
    "said", [{}, {"id": "1"}, {"id": 1, "sender": {"id": "a"}}, {"id": "1", "sender": "a"}, []]
)
def test_what_makes_no_sense_is_told_so(channel: Channel, said: Any) -> None:
    body = json.dumps(said).encode()
    signed = headers([SECRET], message_id="1", at=datetime.now(UTC), body=body)
    assert bring(channel, body, signed) == 400


def test_what_is_not_signed_is_not_heard(channel: Channel, chat: Any) -> None:
    body, signed = chat.said("anna", "Hello")
    assert bring(channel, body + b" ", signed) == 404
    assert bring(channel, body, {}) == 404
    assert not Ticket.objects.exists()


def test_a_program_with_another_secret_is_a_trouble_of_the_channel(
    channel: Channel, chat: Any
) -> None:
    body, signed = chat.said("anna", "Hello")
    bring(channel, body, signed)
    message = reply(Ticket.objects.get(), "Hi")
    chat._key = b"another"
    assert post_office(channel, lambda: False).run().trouble == Trouble.TOKEN_REFUSED
    assert message.deliveries.get().state == DeliveryState.WAITING
