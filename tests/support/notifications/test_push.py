"""Browser push: encrypted for one browser, signed by us, tried again, forgotten when it is gone."""

import json
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from ambidesk.ground.kernel.sealing import unseal
from ambidesk.support.notifications.models import (
    Notice,
    NoticeKind,
    PushEndpoint,
    PushKey,
    PushMessage,
)
from ambidesk.support.notifications.notifying import News, notify_many
from ambidesk.support.notifications.push import registering
from ambidesk.support.notifications.push.encrypting import Browser, encrypt
from ambidesk.support.notifications.push.posting import post_due
from ambidesk.support.notifications.push.registering import (
    NotABrowser,
    Subscription,
    TooManyBrowsers,
    forget,
    register,
)
from ambidesk.support.notifications.reading import read_all
from tests.cast import Cast
from tests.support.notifications.browsers import PushService, digest_of, letters, push_service


def words(notices: Sequence[Notice]) -> dict[int, str]:
    return {each.pk: f"{each.kind} on #{each.subject_id}" for each in notices}


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(django_settings, "PUSH_HOSTS", frozenset({"127.0.0.1"}))


def tell(cast: Cast, *, sequence: int = 1, kind: NoticeKind = NoticeKind.MENTION) -> None:
    news = News(
        user_id=cast.ivan.user_id,
        kind=kind,
        subject_kind="ticket",
        subject_id=42,
        actor_id=cast.olga.user_id,
        sequence=sequence,
        at=cast.at,
    )
    notify_many([news], at=cast.at)


def test_a_browser_reads_what_it_is_told_and_who_told_it(cast: Cast) -> None:
    with push_service() as service:
        register(cast.ivan.user, service.subscription, at=cast.at)
        tell(cast)
        assert post_due(words=words, at=cast.at) == 1
        assert post_due(words=words, at=cast.at) == 0
        (headers, body), *more = service.taken
        assert not more
        told = service.read(body)
        assert (told["title"], told["url"]) == ("mention on #42", "/tickets/42")
        assert headers["Content-Encoding"] == "aes128gcm"
        claims = service.claims(headers["Authorization"])
        assert claims["aud"] == service.url.rstrip("/")
        assert claims["exp"] <= (cast.at + timedelta(days=1)).timestamp()
        assert PushMessage.objects.get().sent_at == cast.at


def test_what_a_service_puts_off_is_tried_again_later_and_what_is_gone_is_forgotten(
    cast: Cast,
) -> None:
    with push_service(503, 429, 410) as service:
        register(cast.ivan.user, service.subscription, at=cast.at)
        tell(cast)
        at = cast.at
        for _try in range(3):
            post_due(words=words, at=at)
            assert post_due(words=words, at=at) == 0
            at += timedelta(hours=5)
        assert len(service.taken) == 3
        # Each time with a key of its own.
        assert len({digest_of(body[:80]) for _headers, body in service.taken}) == 3
        assert not PushEndpoint.objects.exists()


def test_what_was_read_meanwhile_is_not_pushed(cast: Cast) -> None:
    with push_service() as service:
        register(cast.ivan.user, service.subscription, at=cast.at)
        tell(cast)
        read_all(by=cast.actor(cast.ivan), at=cast.at)
        post_due(words=words, at=cast.at)
        assert service.taken == []


def test_what_is_out_of_sight_meanwhile_is_not_pushed(cast: Cast) -> None:
    with push_service() as service:
        register(cast.ivan.user, service.subscription, at=cast.at)
        tell(cast)
        post_due(words=lambda _notices: {}, at=cast.at)
        assert service.taken == []
        assert PushMessage.objects.get().given_up_at == cast.at


def test_what_nobody_wants_pushed_is_not(cast: Cast) -> None:
    with push_service() as service:
        register(cast.ivan.user, service.subscription, at=cast.at)
        tell(cast, kind=NoticeKind.FOLLOWED)
        assert post_due(words=words, at=cast.at) == 0


def test_an_address_inside_the_house_is_not_called(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with push_service() as service:
        register(cast.ivan.user, service.subscription, at=cast.at)
        # A name that was public when it was registered leads into the house now.
        monkeypatch.setattr(django_settings, "PUSH_HOSTS", frozenset())
        monkeypatch.setattr(django_settings, "EGRESS_HOSTS", frozenset({"127.0.0.1"}))
        tell(cast)
        post_due(words=words, at=cast.at)
        assert service.taken == []
        assert PushMessage.objects.get().attempts == 1


def test_the_key_is_made_once_and_lies_sealed(cast: Cast) -> None:
    with push_service() as service:
        register(cast.ivan.user, service.subscription, at=cast.at)
        for number in (1, 2):
            tell(cast, sequence=number)
        post_due(words=words, at=cast.at)
        keys = {headers["Authorization"].partition("k=")[2] for headers, _body in service.taken}
    kept = PushKey.objects.get()
    assert keys == {kept.public}
    assert "PRIVATE" not in kept.sealed
    assert "PRIVATE" in unseal(kept.sealed)


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "ftp://push.example/1"},
        {"url": "push.example"},
        {"url": "http://push.example/1"},
        {"url": "https://10.0.0.7/1"},
        {"url": "https://[::1]/1"},
        {"url": "https://169.254.169.254/1"},
        {"url": "https://localhost/1"},
        {"url": "https://bots.internal/1"},
        {"url": "https://push.example/" + "x" * 1000},
        {"public_key": "AAAA"},
        {"public_key": "\u044f"},
        {"auth": letters(b"short")},
    ],
)
def test_what_is_no_subscription_is_refused(
    cast: Cast, wrong: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(django_settings, "EGRESS_HOSTS", frozenset({"bots.internal"}))
    good = PushService(url="https://push.example/").subscription
    given = {"url": good.url, "public_key": good.public_key, "auth": good.auth, **wrong}
    with pytest.raises(NotABrowser):
        register(cast.ivan.user, Subscription(**given), at=cast.at)


def test_a_browser_belongs_to_who_came_last_and_there_are_not_endlessly_many(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = PushService(url="https://push.example/").subscription
    register(cast.olga.user, good, at=cast.at)
    register(cast.ivan.user, good, at=cast.at)
    assert PushEndpoint.objects.get().user == cast.ivan.user
    monkeypatch.setattr(registering, "MOST", 1)
    other = PushService(url="https://other.example/").subscription
    with pytest.raises(TooManyBrowsers):
        register(cast.ivan.user, other, at=cast.at)
    forget(cast.olga.user, good.url)
    assert PushEndpoint.objects.exists()
    forget(cast.ivan.user, good.url)
    assert not PushEndpoint.objects.exists()


@settings(max_examples=30, deadline=None)
@given(text=st.text(max_size=500))
def test_whatever_is_encrypted_comes_out_the_same(text: str) -> None:
    service = PushService()
    browser = Browser(public_key=letters(service.point), auth=letters(service.auth))
    content = json.dumps({"title": text}).encode()
    assert service.read(encrypt(content, browser)) == {"title": text}
