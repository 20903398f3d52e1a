"""Messengers in the settings: set up by a token, tested for real, never shown again."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from ambidesk.support.channels.telegram.simulator import TelegramSimulator
from ambidesk.support.channels.telegram.simulator.bot import TOKEN
from ambidesk.support.conversations.models import Channel
from tests.cast import Cast


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[TelegramSimulator]:
    monkeypatch.setattr(settings, "EGRESS_HOSTS", frozenset({"127.0.0.1"}))
    with TelegramSimulator() as simulator:
        yield simulator


def filled(cast: Cast, telegram: TelegramSimulator, **more: object) -> dict[str, object]:
    return {
        "token": TOKEN,
        "server": telegram.url,
        "name": "",
        "brand": cast.shop.pk,
        "team": cast.shop_team.pk,
        "way_in": "polling",
        **more,
    }


def test_a_bot_is_added_by_its_token_and_shown_as_working(
    admin: Client, cast: Cast, telegram: TelegramSimulator
) -> None:
    assert "Telegram" in admin.get("/settings/messengers/new").content.decode()
    made = admin.post("/settings/messengers/new/telegram", filled(cast, telegram))
    channel = Channel.objects.get(kind="telegram")
    assert (made.status_code, channel.name, channel.address) == (303, "Polka", "@polka_help_bot")
    page = admin.get(f"/settings/messengers/{channel.pk}").content.decode()
    assert page.count("Working") == 2
    assert TOKEN not in page
    assert "Polka" in admin.get("/settings/messengers/").content.decode()


def test_a_wrong_token_is_told_beside_its_field(
    admin: Client, cast: Cast, telegram: TelegramSimulator
) -> None:
    wrong = filled(cast, telegram, token="1:" + "x" * 35)
    answer = admin.post("/settings/messengers/new/telegram", wrong)
    assert answer.status_code == 422
    assert "does not know this token" in answer.content.decode()
    assert not Channel.objects.filter(kind="telegram").exists()


def test_the_token_is_kept_when_it_is_not_entered_again(
    admin: Client, cast: Cast, telegram: TelegramSimulator
) -> None:
    admin.post("/settings/messengers/new/telegram", filled(cast, telegram))
    channel = Channel.objects.get(kind="telegram")
    url = f"/settings/messengers/{channel.pk}"
    changed = admin.post(url, filled(cast, telegram, token="", name="Helper"))
    assert changed.status_code == 303
    channel.refresh_from_db()
    assert channel.name == "Helper"
    assert admin.post(f"{url}/test").status_code == 303
    assert set(channel.reports.values_list("health", flat=True)) == {"working"}


def test_a_kept_token_is_given_to_no_other_server(
    admin: Client, cast: Cast, telegram: TelegramSimulator
) -> None:
    admin.post("/settings/messengers/new/telegram", filled(cast, telegram))
    channel = Channel.objects.get(kind="telegram")
    url = f"/settings/messengers/{channel.pk}"
    with TelegramSimulator() as other:
        answer = admin.post(url, filled(cast, other, token=""))
        assert (answer.status_code, other.ledger) == (422, [])
        assert admin.post(url, filled(cast, other)).status_code == 303


def test_a_webhook_without_https_is_told_and_the_bot_is_kept(
    admin: Client, cast: Cast, telegram: TelegramSimulator
) -> None:
    admin.post("/settings/messengers/new/telegram", filled(cast, telegram, way_in="webhook"))
    channel = Channel.objects.get(kind="telegram")
    page = admin.get(f"/settings/messengers/{channel.pk}").content.decode()
    assert "cannot reach this desk" in page


def test_what_is_restricted_in_the_country_is_marked(
    admin: Client, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    monkeypatch.setattr(settings, "COUNTRY", "RU")
    page = admin.get("/settings/messengers/new").content.decode()
    assert page.index("MAX") < page.index("Telegram")
    assert "Restricted in your country" in page
