"""The settings of channels, as an administrator sees them."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings as DjangoSettings

from ambidesk.support.channels.mail.account import account_of
from ambidesk.support.channels.mail.habits import habits_of
from ambidesk.support.conversations.models import Channel, ChannelKind
from tests.cast import Cast
from tests.support.channels.mail.relays import relay

URL = "/settings/channels/"


def typed(cast: Cast, **fields: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "address": "orders@polka.example",
        "name": "Orders",
        "brand": cast.shop.pk,
        "team": cast.shop_team.pk,
        "imap_host": "imap.example.org",
        "imap_port": "993",
        "imap_security": "tls",
        "imap_user": "orders",
        "imap_password": "  correct horse ",
        "imap_folder": "INBOX",
        "smtp_host": "",
        "smtp_port": "587",
        "smtp_security": "starttls",
        "smtp_user": "",
        "smtp_password": "",
        "speaks_as": "brand",
        "tokens": "on",
        "per_minute": "0",
        "acknowledgement": "",
    }
    return {**values, **fields}


def test_a_mailbox_is_entered_and_its_password_never_shown_again(admin: Client, cast: Cast) -> None:
    answer = admin.post(f"{URL}new", typed(cast))
    channel = Channel.objects.get(address="orders@polka.example")
    assert answer.status_code == 303
    assert answer["Location"] == f"{URL}{channel.pk}#health"
    account = account_of(channel)
    assert account.imap
    assert account.imap.password == "  correct horse "
    assert account.smtp is None
    assert habits_of(channel).tokens
    page = admin.get(f"{URL}{channel.pk}").content.decode()
    assert "correct horse" not in page
    assert channel.secret not in page
    assert "Kept. Enter another one to change it." in page
    assert 'value="imap.example.org"' in page


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    admin: Client, cast: Cast
) -> None:
    answer = admin.post(f"{URL}new", typed(cast, imap_host="no host", name="Typed by me"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "is no name of a server" in page
    assert 'value="Typed by me"' in page
    assert "correct horse" not in page
    taken = admin.post(f"{URL}new", typed(cast, address=cast.lift_mail.address))
    assert "Another channel has this address already." in taken.content.decode()


def test_another_server_asks_for_the_password_again(admin: Client, cast: Cast) -> None:
    admin.post(f"{URL}new", typed(cast))
    channel = Channel.objects.get(address="orders@polka.example")
    same = admin.post(f"{URL}{channel.pk}", typed(cast, imap_password="", name="Renamed"))
    assert same.status_code == 303
    other = typed(cast, imap_password="", imap_host="evil.example")
    answer = admin.post(f"{URL}{channel.pk}", other)
    assert answer.status_code == 422
    assert "Enter the password" in answer.content.decode()


def test_a_test_tells_what_is_wrong_and_the_list_shows_it(
    admin: Client, cast: Cast, settings: DjangoSettings
) -> None:
    settings.SMTP_RELAY = "smtp://127.0.0.1:1"
    url = f"{URL}{cast.shop_mail.pk}"
    assert "Nobody has tried yet." in admin.get(url).content.decode()
    assert admin.post(f"{url}/test").status_code == 303
    assert "The server refuses the connection." in admin.get(url).content.decode()
    assert "Failing" in admin.get(URL).content.decode()
    with relay() as found:
        settings.SMTP_RELAY = found.url
        admin.post(f"{url}/test")
    assert "Working" in admin.get(url).content.decode()


def test_a_mailbox_is_taken_out_of_use_and_into_it_again(admin: Client, cast: Cast) -> None:
    url = f"{URL}{cast.shop_mail.pk}/archive"
    admin.post(url)
    assert not Channel.objects.get(pk=cast.shop_mail.pk).enabled
    admin.post(url)
    assert Channel.objects.get(pk=cast.shop_mail.pk).enabled


def test_channels_of_another_kind_are_no_mailboxes(admin: Client, cast: Cast) -> None:
    hand = Channel.objects.create(kind=ChannelKind.HAND, brand=cast.shop, name="By hand")
    assert admin.get(f"{URL}{hand.pk}").status_code == 404
    assert admin.post(f"{URL}{hand.pk}/test").status_code == 404
    assert "By hand" not in admin.get(URL).content.decode()


@pytest.mark.parametrize("path", ["", "new", "{pk}", "{pk}/test", "{pk}/archive"])
def test_an_operator_sees_and_changes_nothing_of_it(olga: Client, cast: Cast, path: str) -> None:
    url = URL + path.format(pk=cast.shop_mail.pk)
    answer = olga.post(url) if path.startswith("{pk}/") else olga.get(url)
    assert answer.status_code in {403, 404}
    assert cast.shop_mail.address not in answer.content.decode()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_screen_opens_in_both_languages(admin: Client, cast: Cast, language: str) -> None:
    admin.cookies["ambidesk_language"] = language
    for path in ("", "new", str(cast.shop_mail.pk)):
        assert f'lang="{language}"' in admin.get(URL + path).content.decode()
