"""Whoever calls the webhook with nonsense gets a clear refusal, and never brings anything down."""

import json

import pytest
from django.test import Client

from ambidesk.support.channels.access import settings_of
from ambidesk.support.channels.telegram.simulator import Person
from ambidesk.support.conversations.models import IntakeItem
from tests.support.channels.telegram.desk import Desk

SECRETS = {
    "telegram": "x-telegram-bot-api-secret-token",
    "max": "x-max-bot-api-secret",
}


def call(desk: Desk, body: bytes, *, secret: str | None = None, kind: str = "telegram") -> int:
    desk.channel.settings["way_in"] = "webhook"
    desk.channel.kind = kind
    desk.channel.save()
    current = settings_of(desk.channel)
    given = current.hook_secret if secret is None else secret
    answer = Client(raise_request_exception=False).post(
        f"/hooks/{kind}/{current.hook}",
        body,
        content_type="application/json",
        headers={SECRETS[kind]: given},
    )
    return answer.status_code


@pytest.mark.parametrize("kind", ["telegram", "max"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"7",
        b"null",
        b'{"a":',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"update_id": ' + b"9" * 5000 + b"}",
    ],
    ids=["empty", "bytes", "list", "number", "null", "cut", "deep", "deep-object", "long-number"],
)
def test_what_is_no_update_is_a_bad_request(desk: Desk, kind: str, body: bytes) -> None:
    assert call(desk, body, kind=kind) == 400
    assert not IntakeItem.objects.exists()


def test_what_is_too_long_is_refused_whatever_its_header_says(desk: Desk) -> None:
    assert call(desk, b" " * (1024 * 1024 + 1)) == 413


@pytest.mark.parametrize("secret", ["", "guess", "é", "x" * 10_000])
def test_without_the_secret_nobody_learns_that_there_is_a_bot(desk: Desk, secret: str) -> None:
    assert call(desk, b"{}", secret=secret) == 404


@pytest.mark.parametrize(
    "odd",
    [
        {"message": "words"},
        {"message": {"from": "Vera", "chat": {"type": "private"}, "date": 1}},
        {"message": {"from": {"id": 7}, "chat": {"type": "private"}, "date": 1e308}},
        {"message": {"from": {"id": 7}, "chat": {"type": "private"}, "date": 10**17}},
        {"message": {"from": {"id": 7}, "chat": {"type": "private"}, "text": "x", "date": 10**17}},
        {"message": {"from": {"id": 7}, "chat": {"type": "private"}, "date": 1, "photo": "x"}},
        {"message": {"from": {"id": 7}, "chat": {"type": "private"}, "date": 1, "location": {}}},
        {"callback_query": {"from": {}, "data": "rate:1:5"}},
        {"callback_query": {"from": {"id": 7}, "id": "1", "data": "rate:999999999999999999:5"}},
        {"callback_query": {"from": {"id": 7}, "id": "1", "data": "rate:1:5:6:x"}},
        {"callback_query": {"from": {"id": 7}, "id": "1", "data": "rate:²:³"}},
        {"edited_message": {"from": {"id": 7}, "chat": {"type": "private"}, "message_id": 1}},
        {"my_chat_member": {"chat": {"type": "private"}}},
    ],
)
def test_what_has_no_known_shape_is_kept_and_stops_nothing(
    desk: Desk, vera: Person, odd: dict[str, object]
) -> None:
    assert call(desk, json.dumps({"update_id": 1, **odd}).encode()) == 200
    desk.telegram.say(vera, "Hello")
    assert call(desk, json.dumps(desk.telegram.updates.every[-1]).encode()) == 200
    desk.take_in()
    assert desk.said() == ["Hello"]
    assert not IntakeItem.objects.filter(state="waiting").exists()
