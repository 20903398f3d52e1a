"""Other systems are told what happened: signed, at least once, until they have it or are gone."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel.journal.reading import SELECT, entries_by
from ambidesk.ground.kernel.models import Problem
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.webhooks.arranging import (
    NotCallable,
    NothingToTell,
    Wanted,
    WebhookNameTaken,
    rotate,
    secrets_of,
    set_up_webhook,
    switch,
)
from ambidesk.support.webhooks.models import Webhook, WebhookCall
from ambidesk.support.webhooks.posting import TRIES, forget, post_due
from ambidesk.support.webhooks.replaying import NothingToReplay, StillWaiting, replay, replay_lost
from ambidesk.support.webhooks.signing import new_secret, signature
from ambidesk.support.webhooks.telling import follow, try_out
from ambidesk.wiring.webhooks import brands_of
from tests.cast import Cast
from tests.support.webhooks.receivers import Receiver, proves, receiver

OPENED, ASSIGNED = "tickets.opened", "tickets.assigned"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "WEBHOOK_HOSTS", frozenset({"127.0.0.1"}))


@pytest.fixture
def other() -> Iterator[Receiver]:
    with receiver() as made:
        yield made


def hooked(cast: Cast, url: str, *, name: str = "Shop", **more: object) -> Webhook:
    wanted = {"name": name, "url": url, "kinds": [OPENED, ASSIGNED], **more}
    by = cast.actor(cast.admin)
    return set_up_webhook(None, Wanted(**wanted), by=by, at=cast.at)  # type: ignore[arg-type]


def told(cast: Cast) -> None:
    """Take the whole journal, as the subscriber does."""
    follow(entries_by(f"{SELECT} ORDER BY sequence", []), brands=brands_of, at=cast.at)


def posted(at: datetime) -> int:
    return post_due(clock=lambda: at)


def test_the_signature_is_that_of_the_specification() -> None:
    made = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        at=datetime.fromtimestamp(1614265330, UTC),
        body=b'{"test": 2432232314}',
    )
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(st.binary(max_size=300), st.integers(0, 255), st.integers(0, 299))
def test_a_body_that_was_changed_proves_nothing(body: bytes, sign: int, place: int) -> None:
    secret, at = new_secret(), datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature(secret, message_id="msg_1", at=at, body=body),
    }
    assert proves(secret, headers, body)
    changed = body[:place] + bytes([sign]) + body[place:]
    assert not proves(secret, headers, changed)
    assert not proves(new_secret(), headers, body)


def test_what_happened_is_told_once_signed_and_with_ids_only(cast: Cast, other: Receiver) -> None:
    webhook = hooked(cast, other.url)
    ticket = cast.ticket("My card number is 4111")
    told(cast)
    told(cast)
    assert posted(cast.at) == 1
    assert posted(cast.at) == 0
    (headers, body), (said,) = other.taken[0], other.told()
    assert proves(secrets_of(webhook, at=cast.at)[0], headers, body)
    assert said["type"] == OPENED
    assert said["data"]["subject"] == {"kind": "ticket", "id": ticket.pk}
    assert "4111" not in body.decode()
    assert "Anna" not in body.decode()
    assert WebhookCall.objects.get().outcome == "sent"


def test_a_webhook_hears_of_its_brand_and_of_its_kinds_only(cast: Cast, other: Receiver) -> None:
    hooked(cast, other.url, brand=cast.lifts, kinds=[OPENED])
    ticket = cast.ticket()
    assign(ticket, assignee=cast.olga, team=cast.shop_team, by=cast.actor(cast.olga), at=cast.at)
    lift = cast.ticket(channel=cast.lift_mail)
    told(cast)
    posted(cast.at)
    assert [each["data"]["ticket_id"] for each in other.told()] == [lift.pk]


def test_what_fails_is_tried_again_under_the_same_id(cast: Cast, other: Receiver) -> None:
    hooked(cast, other.url)
    cast.ticket()
    told(cast)
    other.answers = [(500, {}), (302, {"Location": "https://example.org/"})]
    at = cast.at
    for _try in range(3):
        posted(at)
        at += timedelta(minutes=3)
    ids = {headers["webhook-id"] for headers, _body in other.taken}
    assert (len(other.taken), len(ids)) == (3, 1)
    assert WebhookCall.objects.get().attempts == 3
    assert Webhook.objects.get().failures == 0


def test_a_webhook_that_asks_for_a_pause_gets_it(cast: Cast, other: Receiver) -> None:
    hooked(cast, other.url)
    cast.ticket()
    told(cast)
    other.answers = [(429, {"Retry-After": "600"})]
    posted(cast.at)
    assert posted(cast.at + 9 * MINUTE) == 0
    assert posted(cast.at + 11 * MINUTE) == 1


def test_one_that_does_not_answer_holds_up_nobody_and_is_named(cast: Cast, other: Receiver) -> None:
    hooked(cast, other.url)
    dead = hooked(cast, "http://127.0.0.1:1/", name="Dead")
    for number in range(3):
        cast.ticket(f"Question {number}")
    told(cast)
    posted(cast.at)
    assert len(other.taken) == 3
    # What stands behind the first that failed waits without having been tried.
    assert sorted(dead.calls.values_list("attempts", flat=True)) == [0, 0, 1]
    at = cast.at
    for _try in range(8):
        at += DAY
        posted(at)
    problem = Problem.objects.get(kind="webhook-failing")
    assert (problem.subject_id, problem.facts["webhook"]) == (dead.pk, "Dead")


def test_a_call_is_given_up_in_the_end_and_can_be_sent_again(cast: Cast, other: Receiver) -> None:
    webhook, by = hooked(cast, other.url), cast.actor(cast.admin)
    cast.ticket()
    told(cast)
    other.answers = [(500, {})] * TRIES
    at = cast.at
    for _try in range(TRIES):
        posted(at)
        at += DAY
    assert WebhookCall.objects.get().outcome == "given_up"
    assert replay_lost(webhook, since=cast.at, by=by, at=at) == 1
    assert posted(at) == 1
    call = WebhookCall.objects.get()
    assert call.outcome == "sent"
    assert not Problem.objects.filter(solved_at=None).exists()
    with pytest.raises(NothingToReplay):
        replay_lost(webhook, since=cast.at, by=by, at=at)
    replay(call, by=by, at=at)
    with pytest.raises(StillWaiting):
        replay(call, by=by, at=at)
    posted(at)
    assert len({headers["webhook-id"] for headers, _body in other.taken}) == 1


def test_an_address_that_is_gone_is_called_no_more(cast: Cast, other: Receiver) -> None:
    webhook, by = hooked(cast, other.url), cast.actor(cast.admin)
    cast.ticket()
    told(cast)
    other.answers = [(410, {})]
    posted(cast.at)
    webhook.refresh_from_db()
    assert not webhook.enabled
    assert Problem.objects.get(solved_at=None).facts["gone"] is True
    cast.ticket("Another")
    told(cast)
    assert WebhookCall.objects.count() == 1
    switch(webhook, on=True, by=by, at=cast.at)
    assert not Problem.objects.filter(solved_at=None).exists()
    assert posted(cast.at + MINUTE) == 1


def test_a_new_secret_and_the_one_before_are_good_together_for_a_day(
    cast: Cast, other: Receiver
) -> None:
    webhook, by = hooked(cast, other.url), cast.actor(cast.admin)
    (former,) = secrets_of(webhook, at=cast.at)
    fresh = rotate(webhook, by=by, at=cast.at)
    webhook.refresh_from_db()
    try_out(webhook, by=by, at=cast.at)
    posted(cast.at)
    try_out(webhook, by=by, at=cast.at + DAY)
    posted(cast.at + DAY)
    (early, body), (late, later_body) = other.taken
    assert proves(former, early, body)
    assert proves(fresh, early, body)
    assert proves(fresh, late, later_body)
    assert not proves(former, late, later_body)
    assert json.loads(body)["type"] == "webhooks.test"


def test_a_test_says_at_once_what_came_of_it(cast: Cast, other: Receiver) -> None:
    webhook = hooked(cast, other.url)
    other.answers = [(404, {})]
    try_out(webhook, by=cast.actor(cast.admin), at=cast.at)
    posted(cast.at)
    call = WebhookCall.objects.get()
    assert (call.outcome, call.status) == ("given_up", 404)
    webhook.refresh_from_db()
    assert webhook.failures == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "https://10.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://somebody:secret@example.org/",
        "ftp://example.org/",
        "https://example.org:99999/",
        "no address",
    ],
)
def test_what_is_not_in_the_internet_is_no_address_of_a_webhook(cast: Cast, url: str) -> None:
    with pytest.raises(NotCallable):
        hooked(cast, url)


def test_a_webhook_needs_something_to_tell_and_a_name_of_its_own(cast: Cast) -> None:
    with pytest.raises(NothingToTell):
        hooked(cast, "https://example.org/", kinds=[])
    with pytest.raises(NothingToTell):
        hooked(cast, "https://example.org/", kinds=["reach.secrets"])
    hooked(cast, "https://example.org/")
    with pytest.raises(WebhookNameTaken):
        hooked(cast, "https://example.org/other")


def test_a_call_that_ended_long_ago_is_forgotten(cast: Cast, other: Receiver) -> None:
    hooked(cast, other.url)
    cast.ticket()
    told(cast)
    assert forget(before=cast.at + DAY) == 0
    posted(cast.at)
    assert forget(before=cast.at) == 0
    assert forget(before=cast.at + DAY) == 1


def test_one_whose_secret_cannot_be_read_holds_up_nobody(cast: Cast, other: Receiver) -> None:
    broken, sound = hooked(cast, other.url, name="Broken"), hooked(cast, other.url)
    Webhook.objects.filter(pk=broken.pk).update(secret="sealed by another key")
    cast.ticket()
    told(cast)
    posted(cast.at)
    assert sound.calls.get().outcome == "sent"
    assert broken.calls.get().trouble == "CannotUnseal"
